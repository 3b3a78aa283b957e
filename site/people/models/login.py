from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from people.models.party import Party


class UserManager(BaseUserManager["User"]):
    """Makes no logins: `operations.register_person` does, with the person that stands behind each."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A login. The person behind it is a Party; whoever has no login (a child, somebody at a desk) has only that."""

    email = models.EmailField(
        _("e-mail"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("There is already a login with this e-mail address.")},
    )
    person = models.OneToOneField(Party, models.PROTECT, related_name="login", verbose_name=_("person"))
    is_staff = models.BooleanField(_("may run the site"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined at"))

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("login")
        verbose_name_plural = _("logins")
        constraints = [
            # Written small, so that "unique" means what people mean by it.
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="people_user_email_is_small"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    # Wagtail shows these beside what somebody edited.
    def get_full_name(self) -> str:
        return self.person.display_name

    def get_short_name(self) -> str:
        return self.person.display_name

    @property
    def first_name(self) -> str:
        return self.person.display_name

    @property
    def last_name(self) -> str:
        return ""
