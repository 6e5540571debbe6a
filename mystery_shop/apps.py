from django.apps import AppConfig


class MysteryShopConfig(AppConfig):
    name = "mystery_shop"
