"""The addresses of people's pages."""

from django.urls import path

from earnest.people.views import account, colleagues, entry, sharing, teams

urlpatterns = [
    path("invitation/<str:token>", entry.invitation, name="invitation"),
    path("account", account.my_account, name="my_account"),
    path("notifications", account.notifications, name="notifications"),
    path("notifications/read", account.notifications_read, name="notifications_read"),
    path("notifications/<int:notification_id>", account.notification, name="notification"),
    path("settings/people", colleagues.people, name="people"),
    path("settings/people/invite", colleagues.invite, name="invite"),
    path("settings/people/<int:user_id>", colleagues.person, name="person"),
    path("settings/people/<int:user_id>/invite", colleagues.person_invite, name="person_invite"),
    path("settings/people/<int:user_id>/role", colleagues.person_role, name="person_role"),
    path("settings/people/<int:user_id>/teams", colleagues.person_join, name="person_join"),
    path("settings/people/<int:user_id>/teams/<int:team_id>/leave", colleagues.person_leave, name="person_leave"),
    path("settings/people/<int:user_id>/close", colleagues.person_close, name="person_close"),
    path("settings/people/<int:user_id>/reopen", colleagues.person_reopen, name="person_reopen"),
    path("settings/teams", teams.teams, name="teams"),
    path("settings/teams/<int:team_id>", teams.team, name="team"),
    path("settings/sharing", sharing.sharing, name="sharing"),
    path("settings/sharing/<int:grant_id>/end", sharing.grant_end, name="grant_end"),
    path("settings/reading", sharing.reading, name="reading"),
    path("share", sharing.share, name="share"),
]
