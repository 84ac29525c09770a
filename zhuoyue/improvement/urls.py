"""Addresses of improvement."""

from django.urls import path

from zhuoyue.improvement.pages import steps
from zhuoyue.improvement.pages.improvements import board, improvements

AT = "actions/<int:pk>/"
urlpatterns = [
    path("board/", board, name="board"),
    path("actions/new/", steps.improvement_create, name="improvement-create"),
    *improvements.urls("actions/"),
    path(f"{AT}start/", steps.improvement_start, name="improvement-start"),
    path(f"{AT}hand-over/", steps.improvement_hand_over, name="improvement-hand-over"),
    path(f"{AT}plan-again/", steps.improvement_plan_again, name="improvement-plan-again"),
    path(f"{AT}check-waves/", steps.improvement_check_waves, name="improvement-check-waves"),
    path(f"{AT}check-measure/", steps.improvement_check_measure, name="improvement-check-measure"),
    path(f"{AT}judge/", steps.improvement_judge, name="improvement-judge"),
    path(f"{AT}standardise/", steps.improvement_standardise, name="improvement-standardise"),
    path(f"{AT}steps/add/", steps.step_add, name="step-add"),
    path(f"{AT}causes/add/", steps.cause_add, name="cause-add"),
    path("steps/<int:pk>/finish/", steps.step_finish, name="step-finish"),
    path("steps/<int:pk>/withdraw/", steps.step_withdraw, name="step-withdraw"),
    path("causes/<int:pk>/withdraw/", steps.cause_withdraw, name="cause-withdraw"),
]
