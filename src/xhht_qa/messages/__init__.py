"""Every Vietnamese sentence that the assistant itself says, an area a module; the plans' own words are never in here."""

from xhht_qa.messages.access import *
from xhht_qa.messages.answers import *
from xhht_qa.messages.api import *
from xhht_qa.messages.chat import *
from xhht_qa.messages.conversations import *
from xhht_qa.messages.legibility import *
from xhht_qa.messages.library import *
from xhht_qa.messages.questions import *
from xhht_qa.messages.script import *
from xhht_qa.messages.server import *
from xhht_qa.messages.views import *
