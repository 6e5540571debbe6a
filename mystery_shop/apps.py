from django.apps import AppConfig


class MysteryShopConfig(AppConfig):
    name = "mystery_shop"

    def ready(self) -> None:
        from listings.actions.training import learn_from
        from mystery_shop.queries.labels import verdict_labels

        learn_from(verdict_labels)
