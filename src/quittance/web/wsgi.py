"""The WSGI application: `granian --interface wsgi quittance.web.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quittance.web.settings")
application = get_wsgi_application()
