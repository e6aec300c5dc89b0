"""What happens by itself, and when: the whole schedule of an installation."""

from django.utils.translation import gettext_lazy as _

from tillit.kit.background.times import Daily, Entry, Every

SCHEDULE = [
    Entry(
        "deliver",
        _("Send the mail that waits"),
        "tillit.post.tasks.deliver",
        Every(minutes=1),
        only_if="tillit.post.delivery.is_work",
    ),
    Entry(
        "read-mailbox",
        _("Fetch the mails that came back"),
        "tillit.post.tasks.read_mailbox",
        Every(minutes=10),
        only_if="tillit.post.mailbox.is_set",
    ),
    Entry(
        "letters",
        _("Go on with letters whose sending broke off"),
        "tillit.letters.tasks.go_on_sending",
        Every(minutes=5),
        only_if="tillit.letters.tasks.is_left",
    ),
    Entry(
        "turn-enquiries",
        _("Open and close the yearly questions whose day has come"),
        "tillit.enquiries.turning_tasks.turn",
        Every(minutes=10),
        only_if="tillit.enquiries.turning.is_due",
    ),
    Entry(
        "enquiries",
        _("Go on with yearly questions whose sending broke off"),
        "tillit.enquiries.tasks.go_on_sending",
        Every(minutes=5),
        only_if="tillit.enquiries.tasks.is_left",
    ),
    Entry(
        "turn-consultations",
        _("Remind of consultations, and close those whose day has come"),
        "tillit.agreements.consulting.turning_tasks.turn",
        Every(minutes=30),
        only_if="tillit.agreements.consulting.turning.is_due",
    ),
    Entry(
        "consultations",
        _("Go on with mail about consultations that broke off"),
        "tillit.agreements.consulting.tasks.go_on_writing",
        Every(minutes=5),
        only_if="tillit.agreements.consulting.sending.is_left",
    ),
    Entry(
        "imports",
        _("Go on with imports whose work broke off"),
        "tillit.intake.tasks.go_on_with_all",
        Every(minutes=5),
        only_if="tillit.intake.tasks.is_left",
    ),
    Entry(
        "purge-documents",
        _("Take away documents that were made a day ago"),
        "tillit.kit.documents.tasks.purge",
        Daily("02:45"),
    ),
    Entry(
        "take-names",
        _("Call organisations by the names that begin today"),
        "tillit.register.tasks.take_names",
        Daily("00:05"),
    ),
    Entry(
        "find-duplicates",
        _("Look for entries that may be the same"),
        "tillit.duplicates.tasks.find",
        Daily("03:10"),
    ),
    Entry(
        "back-up",
        _("Make a backup"),
        "tillit.site.tasks.back_up",
        Daily("01:15"),
        only_if="tillit.site.backups.is_ready",
    ),
    Entry(
        "keep-erased-keys",
        _("Keep the list of what has been erased beside the backups"),
        "tillit.site.tasks.keep_erased_keys",
        Every(minutes=10),
        only_if="tillit.site.backups.has_new_erased_keys",
    ),
    Entry(
        "erase-old",
        _("Erase personal data that is old enough"),
        "tillit.privacy.tasks.erase_old",
        Daily("02:30"),
    ),
    Entry(
        "sweep-files",
        _("See that uploaded files and what stands of them agree"),
        "tillit.site.tasks.sweep_files",
        Daily("03:50"),
    ),
    Entry(
        "mend-index",
        _("See that what is searched says what the rows say"),
        "tillit.kit.search.tasks.mend",
        Daily("04:10"),
    ),
    Entry(
        "forget-tasks",
        _("Forget finished tasks"),
        "tillit.kit.background.tasks.forget",
        Daily("03:30"),
    ),
]
