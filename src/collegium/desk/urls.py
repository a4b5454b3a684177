"""The desk's own addresses, beside the library's."""

from django.urls import path

from collegium.desk import views
from collegium.desk.issue_contents import issue_contents

app_name = "desk"
urlpatterns = [
    path("issues/<int:pk>/contents/", issue_contents, name="issue_contents"),
    path("when/", views.when_said, name="when_said"),
    path("dead-letters/", views.dead_letters, name="dead_letters"),
    path("dead-letters/<int:pk>/", views.close_letter, name="close_letter"),
]
