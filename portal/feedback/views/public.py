"""A reader tells whether a page was useful."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from portal.feedback import service
from portal.feedback.errors import FeedbackError
from portal.feedback.models import Rating
from portal.feedback.routes import PublicItem
from portal.feedback.rules import TELL
from portal.feedback.schemas import FeedbackSchema
from portal.forms import Button, Form, Invalid
from portal.request import Request, _


@view_config(route_name="feedback.tell", request_method="GET", permission=TELL, renderer="feedback/tell.jinja2")
def ask(context: PublicItem, request: Request) -> dict[str, Any]:
    """The form; `?muc=hai-long` has that level chosen already."""
    chosen = request.GET.get("muc")
    values = {"rating": chosen} if chosen in tuple(Rating) else {}
    return _page(context, request, _form(context, request).render(values))


@view_config(route_name="feedback.tell", request_method="POST", permission=TELL, renderer="feedback/tell.jinja2")
def tell(context: PublicItem, request: Request) -> Any:
    """Count it, keep the words, and say thanks; what was typed stays when it cannot be taken."""
    form = _form(context, request)
    try:
        typed = form.validate(request.POST.items())
        service.tell(
            request.db,
            context.item,
            Rating(typed["rating"]),
            typed["words"],
            address=request.remote_addr or "",
            secret=request.portal.secret,
            at=request.at,
        )
    except (Invalid, FeedbackError) as error:
        refused = error if isinstance(error, Invalid) else form.refuse(error.message)
        request.response.status = error.status if isinstance(error, FeedbackError) else refused.status
        return _page(context, request, refused.form.render())
    return HTTPSeeOther(request.route_path("feedback.thanks", uid=context.item.uid))


@view_config(route_name="feedback.thanks", request_method="GET", permission=TELL, renderer="feedback/thanks.jinja2")
def thanks(context: PublicItem, request: Request) -> dict[str, Any]:
    """It was counted."""
    return _page(context, request, "")


def _form(context: PublicItem, request: Request) -> Form:
    return Form(
        FeedbackSchema(),
        request=request,
        buttons=(Button("send", _("Gửi ý kiến")),),
        action=request.route_path("feedback.tell", uid=context.item.uid),
        form_id="y-kien",
    )


def _page(context: PublicItem, request: Request, form: Any) -> dict[str, Any]:
    request.response.cache_control.no_store = True
    return {"item": context.item, "about": context.title, "form": form}
