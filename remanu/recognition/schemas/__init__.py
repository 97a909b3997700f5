"""Every act of recognition: its page, its JSON route, its shape."""

from __future__ import annotations

from remanu.accounts.schemas import confirm
from remanu.recognition import actions
from remanu.recognition.schemas import about, forms
from remanu.web.acts import Verb
from remanu.web.words import N_

VERBS: tuple[Verb, ...] = (
    Verb(
        "recognition.record_arrangement",
        N_("Record an arrangement"),
        about.begins("arrangements", "recognition.arrangements"),
        forms.RecordArrangement,
        actions.record_arrangement,
        answer=about.ident,
        then=about.page_of_arrangement,
    ),
    Verb(
        "recognition.record_signatory",
        N_("Record who signs"),
        about.ON_ARRANGEMENT,
        forms.RecordSignatory,
        actions.record_signatory,
        fields=about.signing,
        answer=about.ident,
    ),
    Verb(
        "recognition.confirm_signatory",
        N_("Confirm who signs"),
        about.ON_SIGNATORY,
        forms.Sign,
        actions.confirm_signatory,
        prepare=confirm,
        context=about.about_signatory,
    ),
    Verb(
        "recognition.end_signatory",
        N_("Record that it signs no longer"),
        about.ON_SIGNATORY,
        forms.EndSignatory,
        actions.end_signatory,
        prepare=confirm,
        context=about.about_signatory,
    ),
    Verb(
        "recognition.draft_agreement",
        N_("Write an agreement"),
        about.begins("agreements", "recognition.agreements"),
        forms.DraftAgreement,
        actions.draft_agreement,
        fields=about.drafting,
        context=about.copying,
        answer=about.ident,
        then=about.page_of_draft,
    ),
    Verb(
        "recognition.add_line",
        N_("Add a line"),
        about.ON_AGREEMENT,
        forms.AddLine,
        actions.add_line,
        context=about.about_agreement,
    ),
    Verb(
        "recognition.strike_line",
        N_("Strike a line"),
        about.ON_AGREEMENT,
        forms.StrikeLine,
        actions.strike_line,
        fields=about.lines_to_strike,
        context=about.about_agreement,
    ),
    Verb(
        "recognition.discard_agreement",
        N_("Give the draft up"),
        about.ON_AGREEMENT,
        forms.Nothing,
        actions.discard_agreement,
        context=about.about_agreement,
    ),
    Verb(
        "recognition.approve_agreement",
        N_("Approve the agreement"),
        about.ON_AGREEMENT,
        forms.Sign,
        actions.approve_agreement,
        prepare=confirm,
        context=about.about_agreement,
    ),
    Verb(
        "recognition.suspend_agreement",
        N_("Suspend the agreement"),
        about.ON_AGREEMENT,
        forms.SuspendAgreement,
        actions.suspend_agreement,
        prepare=confirm,
        context=about.about_agreement,
    ),
    Verb(
        "recognition.resume_agreement",
        N_("Let the agreement recognise again"),
        about.ON_AGREEMENT,
        forms.ResumeAgreement,
        actions.resume_agreement,
        prepare=confirm,
        context=about.about_agreement,
    ),
    Verb(
        "recognition.end_agreement",
        N_("End the agreement"),
        about.ON_AGREEMENT,
        forms.EndAgreement,
        actions.end_agreement,
        prepare=confirm,
        context=about.about_agreement,
    ),
)
