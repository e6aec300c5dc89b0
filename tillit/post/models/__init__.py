from tillit.post.models.mail_settings import MailSettings, Security
from tillit.post.models.message import Message, State
from tillit.post.models.opt_out import OptOut
from tillit.post.models.suppression import Suppression
from tillit.post.models.trouble import Trouble

__all__ = ["MailSettings", "Message", "OptOut", "Security", "State", "Suppression", "Trouble"]
