"""The pattern sheet's address, included at `/look/`."""

from django.urls import path

from collegium.look import views

app_name = "look"
urlpatterns = [path("", views.pattern_sheet, name="pattern_sheet")]
