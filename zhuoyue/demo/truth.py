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


# What recipients asked for and said; the recipient by its place in the list of all.
NEEDS = (
    (0, "造型工段班长", "夜班设备报警时", "希望十分钟内有人接听并给出处置办法", "停线一小时损失大", 5, "need",
     "夜里报警打了三个电话才有人接。"),
    (1, "总装工艺员", "新机型首件装配", "希望装配图与工艺卡同步更新", "两份资料不一致返工多", 4, "expectation",
     "图纸改了，卡片还是旧的。"),
    (3, "大客户经理", "投标答疑阶段", "希望一天内拿到技术参数偏差说明", "错过答疑就丢分", 4, "need",
     "标书里的偏差表总是最后一刻才有。"),
    (6, "电机厂总工", "联合试验期间", "希望能随时看到试验进度", "便于安排后续生产", 3, "desire",
     "要是能像查快递一样查试验进度就好了。"),
    (7, "轴承公司质量部长", "收到检测报告后", "希望报告附上改进建议", "只有数据看不出怎么改", 3, "desire",
     "报告很规范，但没告诉我们下一步怎么做。"),
    (9, "重工采购主管", "标准换版时", "希望提前三个月得到换版提醒", "库存材料要消化", 4, "expectation",
     "标准作废了我们才知道。"),
    (10, "仪表厂研发经理", "共同申请专利", "希望事先约定权属", "避免事后争议", 5, "need",
     "上次权属谈了半年。"),
    (11, "阀门公司车间主任", "现场服务结束时", "希望当场确认遗留问题清单", "口头说的容易忘", 3, "expectation",
     "师傅走了我们才想起还有两条没处理。"),
)  # fmt: skip
