from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "quittance.web"
    label = "web"

    def ready(self) -> None:
        from quittance.web import translations

        translations.ensure()
