from __future__ import annotations

from django.urls import path

from people.views import account, offices, organisations, privacy

urlpatterns = [
    path("", account.home, name="account"),
    path("details/", account.details, name="account_details"),
    path("household/", organisations.household, name="account_household"),
    path("organisations/", organisations.organisations, name="account_organisations"),
    path("organisations/new/", organisations.register, name="account_organisation_new"),
    path("organisations/<uuid:number>/", organisations.organisation, name="account_organisation"),
    path("organisations/<uuid:number>/change/", organisations.change, name="account_organisation_change"),
    path("organisations/<uuid:number>/close/", organisations.close, name="account_organisation_close"),
    path("organisations/<uuid:number>/invite/", offices.invite, name="account_invite"),
    path("organisations/<uuid:number>/invitations/<int:pk>/", offices.withdraw, name="account_withdraw"),
    path("organisations/<uuid:number>/roles/<int:pk>/", offices.end, name="account_end_role"),
    path("invitations/<int:pk>/", offices.answer, name="account_answer"),
    path("privacy/", privacy.privacy, name="account_privacy"),
    path("privacy/download/", privacy.download, name="account_download"),
    path("privacy/erase/", privacy.erase, name="account_erase"),
    path("privacy/erased/", privacy.erased, name="account_erased"),
]
