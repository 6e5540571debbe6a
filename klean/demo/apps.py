from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "klean.demo"
    label = "demo"
