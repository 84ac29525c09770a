"""Addresses of people."""

from django.urls import path

from zhuoyue.people import pages

urlpatterns = [
    *pages.centres.urls("centres/"),
    *pages.departments.urls("departments/"),
    path("departments/seed/", pages.department_seed, name="department-seed"),
    *pages.people.urls("people/"),
    *pages.recipients.urls("recipients/"),
    *pages.contact_people.urls("contact-people/"),
    *pages.accounts.urls("accounts/"),
    path("accounts/new/", pages.account_create, name="account-create"),
    path("accounts/<int:pk>/reset/", pages.account_reset, name="account-reset"),
    path("switch/", pages.switch_centre, name="switch-centre"),
]
