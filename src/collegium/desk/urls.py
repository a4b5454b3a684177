"""The desk's own addresses, beside the library's."""

from django.urls import path

from collegium.desk import views

app_name = "desk"
urlpatterns = [
    path("when/", views.when_said, name="when_said"),
    path("dead-letters/", views.dead_letters, name="dead_letters"),
    path("dead-letters/<int:pk>/", views.close_letter, name="close_letter"),
]
