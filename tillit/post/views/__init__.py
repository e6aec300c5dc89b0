from tillit.post.views.bounces import bounces
from tillit.post.views.demo import demo_html, demo_mail, demo_mails
from tillit.post.views.opt_out import opt_out

__all__ = ["bounces", "demo_html", "demo_mail", "demo_mails", "opt_out"]
