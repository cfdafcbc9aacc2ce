"""The web application: settings, routes, the common look and its components."""
