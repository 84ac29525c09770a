"""Addresses of delivery."""

from django.urls import path

from zhuoyue.delivery.pages import cases, contacts, journey

urlpatterns = [
    *cases.cases.urls("cases/"),
    path("cases/<int:pk>/respond/", cases.case_respond, name="case-respond"),
    path("cases/<int:pk>/wait/", cases.case_wait, name="case-wait"),
    path("cases/<int:pk>/resolve/", cases.case_resolve, name="case-resolve"),
    path("cases/<int:pk>/close/", cases.case_close, name="case-close"),
    path("cases/<int:pk>/reopen/", cases.case_reopen, name="case-reopen"),
    path("contacts/quick/", contacts.contact_quick, name="contact-quick"),
    path("journey/", journey.felt_journey, name="journey"),
    *contacts.contacts.urls("contacts/"),
]
