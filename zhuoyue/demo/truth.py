"""What is put into the demonstration: the effects, the items, the people."""

from zhuoyue.analysis import Model

MODEL_TEXT = """\
Image =~ image1 + image2 + image3
Expectation =~ expect1 + expect2 + expect3
Quality =~ quality1 + quality2 + quality3 + quality4 + quality5
Value =~ value1 + value2 + value3
Satisfaction =~ sat1 + sat2 + sat3
Loyalty =~ loyal1 + loyal2 + loyal3
Expectation ~ Image
Quality ~ Expectation
Value ~ Expectation + Quality
Satisfaction ~ Image + Expectation + Quality + Value
Loyalty ~ Image + Satisfaction
"""
EFFECTS = {
    ("Image", "Expectation"): 0.5,
    ("Expectation", "Quality"): 0.55,
    ("Expectation", "Value"): 0.1,
    ("Quality", "Value"): 0.55,
    ("Image", "Satisfaction"): 0.15,
    ("Expectation", "Satisfaction"): 0.05,
    ("Quality", "Satisfaction"): 0.5,
    ("Value", "Satisfaction"): 0.2,
    ("Image", "Loyalty"): 0.2,
    ("Satisfaction", "Loyalty"): 0.55,
}
LOADING = 0.8
SCALE = (1, 10)
# Wordings of the items, in the order of the questionnaire.
WORDINGS = {
    "image1": "技术中心是可靠的合作伙伴",
    "image2": "技术中心在本行业有良好声誉",
    "image3": "技术中心具有创新精神",
    "expect1": "合作之前，我对总体质量的期望",
    "expect2": "合作之前，我对满足个性化要求的期望",
    "expect3": "合作之前，我对及时性的期望",
    "quality1": "技术方案的质量",
    "quality2": "响应与沟通",
    "quality3": "按期交付",
    "quality4": "现场服务",
    "quality5": "问题处理",
    "value1": "相对于所付出的，成果的价值",
    "value2": "成果在生产中的应用效果",
    "value3": "对我方竞争力的帮助",
    "sat1": "总体满意程度",
    "sat2": "与期望相比",
    "sat3": "与理想的服务相比",
    "loyal1": "下次有需要仍会选择技术中心",
    "loyal2": "会把更多的项目交给技术中心",
    "loyal3": "愿意与技术中心长期合作",
    "nps": "您有多大可能向同行推荐技术中心（0–10）",
}
DEPARTMENTS = (
    ("rd", "技术研发管理部", "R&D management"),
    ("ip", "知识产权管理部", "Intellectual property"),
    ("std", "标准化管理部", "Standardisation"),
    ("qa", "质量保证部", "Quality assurance"),
    ("ehs", "安全生产部", "Work safety"),
    ("hr", "人力资源部", "Human resources"),
    ("assets", "资产管理部", "Assets"),
    ("finance", "财务部", "Finance"),
    ("tax", "税务部", "Tax"),
    ("legal", "法务部", "Legal affairs"),
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
INTERNAL = ("铸造车间", "总装车间", "热处理车间", "营销公司", "采购部", "动力分厂")
EXTERNAL = (
    *("松江电机厂", "北方轴承公司", "冰城泵业", "龙江重工"),
    *("远东仪表", "嫩江阀门", "兴安机床", "林海锅炉"),
)


def model() -> Model:
    from zhuoyue.analysis import parse_model

    return parse_model(MODEL_TEXT)
