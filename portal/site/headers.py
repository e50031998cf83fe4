"""Headers of every answer: security, language, and no copies kept of what is not public. A view's own one stays."""

from typing import Any

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=31536000; includeSubDomains"


def add_security_headers(event: Any) -> None:
    """Subscriber of NewResponse."""
    headers = event.response.headers
    for name, value in HEADERS.items():
        if name not in headers:
            headers[name] = value
    if "Cache-Control" not in headers:  # public pages say what holds for them: portal.publishing.cache
        headers["Cache-Control"] = "private, no-store"
    if event.response.content_type == "text/html" and "Content-Language" not in headers:
        headers["Content-Language"] = event.request.lang
    if event.request.portal.secure and "Strict-Transport-Security" not in headers:
        headers["Strict-Transport-Security"] = HSTS
