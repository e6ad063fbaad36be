"""The table of problem codes: severity, meaning and cure of each, in one place.

`docs/reference.md` is generated from this table, `alertgen explain CODE` prints a row of it, and a test demands that
every row has a fixture that provokes it and that every problem raised anywhere has a row.
"""

from alertgen.diagnostics import Diagnostic, Place, Severity
from alertgen.records import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """What one problem code means."""

    severity: Severity
    meaning: str
    """Why this is a problem and how it is mended, two or three sentences for an editor."""


ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE

CODES: dict[str, Code] = {
    "address-removed": Code(
        WARNING,
        "Only http, https and mailto addresses and paths inside the site are linked. Any other address can run a "
        "program or leads nowhere on a reader's machine, so the words stay and the link goes.",
    ),
    "address-taken": Code(
        ERROR,
        "Every page has an address of its own, also on computers that do not tell capital letters from small "
        "ones. Rename one of the two files, or give it a `slug`.",
    ),
    "alias-is-a-page": Code(
        ERROR,
        "An old address under `aliases` is the address of a page that this site has, so it cannot lead elsewhere. "
        "Remove it from `aliases`, or give that page another address.",
    ),
    "alias-repeats-folder": Code(
        WARNING,
        "Old addresses are written as they stand behind `base_url`. With the folder of `base_url` in front it would "
        "stand there twice, and readers who come to the old address would still find nothing.",
    ),
    "ambiguous-country": Code(
        ERROR,
        "The name may mean more than one country. Write the full name or the two-letter code.",
    ),
    "attribute-removed": Code(
        WARNING,
        "HTML attributes beyond a short list (such as lang and dir) are left out of the page, because they can run "
        "scripts or fight with the theme. Take them out of the text.",
    ),
    "bare-address": Code(
        WARNING,
        "An address typed into the text is not a link here, and people who listen to a page hear it spelled out. "
        "Link the words that it is about: [words](address).",
    ),
    "body-too-intricate": Code(
        ERROR,
        "Some texts that nobody writes on purpose take an HTML or Markdown program hours: brackets that are never "
        "closed, quotations in quotations, tables of a thousand columns. Texts beyond a generous cap are not "
        "converted.",
    ),
    "body-too-large": Code(
        ERROR,
        "An alert is a text to be read; one as large as this was pasted by accident or is better published as "
        "several. It is not converted.",
    ),
    "bold-heading": Code(
        ADVICE,
        "A short line in bold letters looks like a heading and is none. Readers who listen to a page go from heading "
        "to heading, and only a heading can begin a situation.",
    ),
    "broken-table": Code(
        WARNING,
        "A table needs an empty line above it, strokes | between its cells, and a line such as |---|---| below its "
        "first row, with as many cells as that. Else its rows run on in one paragraph, with all their strokes or tabs. "
        "A row may not have more: what is in the cells beyond is left out.",
    ),
    "broken-word": Code(
        WARNING,
        "A word is parted by a hyphen at the end of a line, as in text from a PDF. Here the lines of a paragraph run "
        "on, so readers would see the hyphen and a space within the word, and a search would not find it.",
    ),
    "changed-id": Code(
        ERROR,
        "A feed id says to feed readers and mailing tools which alert they have seen already. With another id the same "
        "alert is sent to every subscriber again. Give the alert the id it was published under. Where an alert has "
        "left an address with a name from do-not-publish.txt, its id lets feed readers replace what they have of it.",
    ),
    "changed-language": Code(
        ERROR,
        "The first of the `languages` is that of every address that names none (/, /feed.xml, /countries/sudan/) and "
        "of every text that names none. With another in front, published texts would be shown as if they were written "
        "in it, and who subscribed in one language would get another. A new language goes behind the first.",
    ),
    "comment-removed": Code(
        WARNING,
        "HTML comments and other asides that a browser does not show are left out of the page. They stay in the "
        "file, though, so take out what nobody else may see.",
    ),
    "control-character": Code(
        ERROR,
        "The text holds a character that cannot be seen and that feeds may not contain; news readers would refuse "
        "the whole feed. It comes with text copied from PDF files or old programs. Take it out.",
    ),
    "copied-file": Code(
        WARNING,
        "Programs that keep folders alike make copies with names such as `name (1).md` or `name - Copy.md` when two "
        "people changed a file. Each would be published by itself, also when the other is a draft; of site.yaml and "
        "published.json only one is read. Compare the two, and keep one.",
    ),
    "coordinates": Code(
        WARNING,
        "Coordinates lead to a door: a shelter, a clinic, the house of a witness. Name the town or the district. A "
        "position that is public anyway may stand under `cleared` in site.yaml.",
    ),
    "country-and-theme": Code(
        ERROR,
        "A situation is tied to countries or, where there is none, to a theme. With both, it would be unclear where "
        "it is listed.",
    ),
    "country-without-situation": Code(
        WARNING,
        "A heading is the name of a country, or begins with it, and has no `country=` in braces. Then it is a heading "
        "of the text around it: what stands below has no row on the page of that country, no level, and no item in "
        "its feed. Or what was a headline in a word processor is a plain line here.",
    ),
    "curly-quotes-in-attributes": Code(
        ERROR,
        "A word processor has turned the quotation marks between the braces behind a heading into curly ones. Then the "
        "braces are not read and stand in the page. Type straight quotation marks.",
    ),
    "dated-back": Code(
        ADVICE,
        "An embargo ends on a later day than the date of the alert. Lists and feeds sort by date, so it will not "
        "appear as the newest, and programs that send new items by e-mail may take it for an old one.",
    ),
    "day-of-another": Code(
        WARNING,
        "An alert that is published for the first time has the day of another one that was published some days or "
        "weeks ago. Most often its file began as a copy of that one. Subscribers would not see it as the newest, or "
        "not at all.",
    ),
    "day-to-come": Code(
        WARNING,
        "An alert that is public tells of a correction, an update, a source or a first publication of a later day. "
        "Readers would see that day, and feed readers would take the alert for the newest until it has come.",
    ),
    "dead-link": Code(
        ERROR,
        "A link inside the site leads to a page, heading or file that is not published. Readers would find "
        "nothing there.",
    ),
    "direction-character": Code(
        WARNING,
        "The text holds an invisible character that changes the direction of the letters after it, so that what is "
        "shown differs from what is stored and copied. Take it out, or mark the words with dir instead.",
    ),
    "do-not-publish": Code(
        ERROR,
        "A name from do-not-publish.txt stands here: in the text, the header, the name of a file or the theme. Nothing "
        "is published while it does. Which name it is, is never shown, so that reports can be passed on.",
    ),
    "dropped-level": Code(
        ERROR,
        "The scheme of levels no longer had this step on the day of the alert. Old alerts keep it; newer ones need "
        "a level that was in use.",
    ),
    "duplicate-key": Code(
        ERROR,
        "A key may stand once. Which of two values is meant cannot be guessed, so keep one line and delete the other.",
    ),
    "duplicate-note": Code(
        ERROR,
        "Two footnotes have the same name, and only the last of them would be shown. Give each its own name.",
    ),
    "element-removed": Code(
        WARNING,
        "An HTML element that is not on the list of those allowed is left out of the page: it could run a script, "
        "send what readers do to others, or break the page. Write Markdown instead.",
    ),
    "email-address": Code(
        WARNING,
        "An e-mail address leads to a person, who may not want to be found or written to by everybody. Take it out. "
        "One that is meant to be public may stand under `cleared` in site.yaml.",
    ),
    "embed-became-link": Code(
        WARNING,
        "Embedded videos, maps and posts fetch from other hosts and tell them who reads the alert. A link to the "
        "same address stands in their place.",
    ),
    "empty-body": Code(
        ERROR,
        "There is nothing to publish below the keys.",
    ),
    "empty-file": Code(
        ERROR,
        "The file holds nothing. Write the text, or delete the file.",
    ),
    "empty-heading": Code(
        WARNING,
        "People who listen to a page go from heading to heading. One without words tells them nothing. Write some, or "
        "delete the line with its number signs.",
    ),
    "empty-situation": Code(
        ERROR,
        "A situation is announced by its heading, but no text follows. Readers of its feed would get an empty item.",
    ),
    "empty-value": Code(
        ERROR,
        "A key stands there without a value. Write one, or delete the line. `draft` and `embargo` must never be "
        "empty: they keep a text from being published.",
    ),
    "fenced-code": Code(
        WARNING,
        "Blocks between lines of three backticks are not known to this Markdown. Indent a block of code by four "
        "spaces.",
    ),
    "fetched-from-elsewhere": Code(
        ERROR,
        "A file that a page fetches from another site tells that site who reads the page, and when. So pages forbid it "
        "to browsers, and what is to be fetched is missing on them; a page in the folder static forbids nothing. Keep "
        "fonts, style sheets, scripts and pictures in the folder static.",
    ),
    "front-matter-not-keys": Code(
        ERROR,
        "The part between the two lines --- must be keys with values, one a line, as in `title: Text`.",
    ),
    "heading-indented": Code(
        WARNING,
        "A heading begins at the left margin. With a space in front, its number signs are shown to readers.",
    ),
    "heading-of-level-one": Code(
        WARNING,
        "The title among the keys is the one heading of level 1 of a page. Headings in the text begin with "
        "two number signs; this one is published as if it did.",
    ),
    "heading-skips-level": Code(
        WARNING,
        "People who listen to a page go from heading to heading by their levels. A heading may be at most one "
        "level below the one before it.",
    ),
    "heading-without-space": Code(
        WARNING,
        "A number sign at the start of a line makes a heading of the line, also without a space after it. Put a "
        "backslash in front of the sign when it is meant as such.",
    ),
    "ignored-file": Code(
        WARNING,
        'Only files that end in ".md" are read as alerts or pages. A file with another ending beside them would be '
        "missing from the site without a word, and so would a PDF or a table that readers are meant to fetch: only "
        "pictures that a text shows are published with it. Rename it, or move it to another folder.",
    ),
    "image-changed": Code(
        ERROR,
        "The picture was replaced while the site was being built, so what was checked is not what would be published. "
        "Build again.",
    ),
    "image-first-frame": Code(
        WARNING,
        "Of a picture that moves, or that has several pages, only the first is published: what moves distracts from "
        "the text and can hide what nobody checked. Save the part that matters as a picture of its own.",
    ),
    "image-kind": Code(
        ERROR,
        "Pictures are accepted as JPEG, PNG, WebP, AVIF, GIF and TIFF, whatever the name of the file says. Phones make "
        "HEIC photos, which few browsers show, and an SVG drawing can run code: export it as JPEG or PNG.",
    ),
    "image-too-large": Code(
        ERROR,
        "A picture of more than 50 MB or 100 million pixels (WebP: 11 million), or a very long strip, is not read: "
        "it could stop the computer, and readers get 1,600 pixels at most. Save it again in a smaller size.",
    ),
    "image-unreadable": Code(
        ERROR,
        "The file is damaged, cut short, empty, or not a picture that can be read. Open it in a picture program and "
        "save it again as JPEG or PNG.",
    ),
    "image-without-alt": Code(
        ERROR,
        "Readers who cannot see a picture hear its alternative text instead. Say in a sentence what the picture "
        "shows; the caption is something else.",
    ),
    "image-without-credit": Code(
        ERROR,
        "A picture is published with the name of who made it, as in `Photographer/Agency`.",
    ),
    "indented-text": Code(
        WARNING,
        "A paragraph whose lines begin with four spaces or a tab is taken for program code, and shown as such. Word "
        "processors indent the first line of a paragraph; here an empty line between paragraphs is enough.",
    ),
    "inner-address": Code(
        WARNING,
        "The address leads to a shared document, a mailbox or a computer of an office, or names a folder of somebody's "
        "computer. It can name the colleague whose it is and let readers see, or change, what is not meant for them; "
        "and it stops working one day. Link the page on which the document is published. What is meant to be public "
        "may stand under `cleared` in site.yaml.",
    ),
    "invisible-character": Code(
        WARNING,
        "The text holds a character that takes no room. It spoils search and copied quotations, and can be a "
        "hidden mark that shows who leaked a document. Take it out.",
    ),
    "key-in-address": Code(
        WARNING,
        "The address holds a key, such as a signature, a token or the number of a session. Whoever has it may act in "
        "the name of the person it was made for, and it stops working one day. Link the public page of the document.",
    ),
    "keys-in-text": Code(
        ERROR,
        "Keys stand between the two lines --- at the top of a file. Below them they are text that readers see, and a "
        "`draft: true` there does not keep the text from being published. It happens when a header is pasted twice.",
    ),
    "last-year": Code(
        WARNING,
        "An alert that is published for the first time has a date of about a year ago. In January, and in copied "
        "files, the year is easily the old one. Its address would have it for ever, and no feed would show it as new.",
    ),
    "left-out-comment": Code(
        WARNING,
        "Among the keys, a # after a space begins a comment, and the rest of the line is left out. Put quotation "
        "marks around the whole text to keep it; write a space after # when a comment is meant.",
    ),
    "late-date": Code(
        ADVICE,
        "The text tells of a day after the date of the alert, or after its last update or correction. Most often one "
        "of the two is a slip; sentences that speak of what is still to come are left alone.",
    ),
    "leftover-of-mail": Code(
        WARNING,
        'The line looks like one that a mailing tool or a site builder put around the text, such as "No images? '
        'Click here". Take it out.',
    ),
    "leftover-of-page": Code(
        WARNING,
        "A line such as Page 2 of 5, or a number alone in its paragraph, stood at the foot of a page of the PDF from "
        "which a text was copied. Here it would stand in the middle of the text. Take it out.",
    ),
    "level-without-country": Code(
        ERROR,
        "A level or a trend is a claim about a country. It cannot stand where no country is named.",
    ),
    "line-became-heading": Code(
        WARNING,
        "A line of hyphens right below a line of text makes a heading of the text. For a rule, put a blank line "
        "between them.",
    ),
    "link-to-held": Code(
        ERROR,
        "A published text links to a draft, an embargoed or a future alert. The link would be dead, and its "
        "address alone would give the held text away.",
    ),
    "list-without-blank-line": Code(
        WARNING,
        "A list needs a blank line above it. Without one, its items run on in the paragraph before, hyphens and all.",
    ),
    "local-address": Code(
        WARNING,
        "localhost and 127.0.0.1 are the computer of whoever opens the address. Feeds, the sitemap, citations and what "
        "others share would lead every reader to a site on their own computer. Write the address on the web; "
        "`alertgen serve` shows the site on yours whatever stands here.",
    ),
    "lost-letter": Code(
        WARNING,
        "The sign U+FFFD stands where a letter was lost when the text was converted before; signs such as \u00c3\u00a9 "
        "stand where one was garbled. Type the right letter in its place.",
    ),
    "malformed-attributes": Code(
        ERROR,
        "What stands in the braces behind a heading says which country or theme a situation is about. It is not "
        "spelled as it is read here, so some of it would be lost or stand in the page. It looks like "
        '{: country=SD risk_tags="genocide war-crimes" }, at the end of the heading.',
    ),
    "markup-in-situation-heading": Code(
        WARNING,
        "The heading of a situation is shown in lists, feeds and on country pages as plain words. A link, note or "
        "picture in it is left out.",
    ),
    "lost-in-template": Code(
        ERROR,
        "A template that begins with {% extends … %} fills blocks of another one. Jinja shows nothing of what stands "
        "outside of its blocks, nor of a block that the other does not have, and says nothing about it. Most often the "
        "name of a block is a slip. The blocks of base.html are `main`, `scripts` and `kind`.",
    ),
    "marked-unpublished": Code(
        ERROR,
        "A line or a value begins with EMBARGOED, DRAFT, NOT FOR PUBLICATION or the like. That keeps nothing at home; "
        "only the keys `draft` and `embargo` do. Readers would see it, and that they were not meant to.",
    ),
    "merge-conflict": Code(
        ERROR,
        "Two people changed the same place of a text, of site.yaml or of the theme, and Git has written both versions "
        "into the file for somebody to choose. Keep one of them, and delete the lines of signs around them.",
    ),
    "misplaced-situation": Code(
        ERROR,
        "A situation begins with a heading of level 2 (##) at the left margin. On anything else its attributes "
        "mean nothing, and the situation would be missing from the country's page.",
    ),
    "markup-in-value": Code(
        WARNING,
        "Values of keys are plain words. Signs of Markdown or HTML in them, such as **stress** or &amp;, are shown to "
        "readers as they stand, in lists, feeds and search results as well.",
    ),
    "misnamed-list": Code(
        ERROR,
        "The names that must never appear are looked for only when their list is called do-not-publish.txt and lies "
        "beside site.yaml. Under another name it protects nobody, and in another folder it may even be published. "
        "Windows hides the ending .txt of a file: called do-not-publish.txt there, it may be do-not-publish.txt.txt.",
    ),
    "missing-image": Code(
        ERROR,
        "The picture is not where the text says. Paths are relative to the file that names them, and capital "
        "letters count.",
    ),
    "missing-key": Code(
        ERROR,
        "A key that is needed is not there. Every alert has a `title` and a `date`, every page a `title`, and "
        "site.yaml a `title` and a `base_url`.",
    ),
    "more-than-a-name": Code(
        ERROR,
        "Each line of do-not-publish.txt is looked for as one name, from its beginning to its end. With a remark or a "
        "second name in the line, neither of them would be found.",
    ),
    "name-mismatch": Code(
        ERROR,
        "The file name says another date or language than the keys. One of the two is wrong, and an address or a "
        "translation depends on it.",
    ),
    "name-of-another-country": Code(
        ERROR,
        "site.yaml calls a country by a name that stands for another one, so readers would take one for the other.",
    ),
    "no-front-matter": Code(
        ERROR,
        'A content file begins with a line "---", then its keys, then another line "---". Without the first line '
        "the keys would be published as text.",
    ),
    "no-headline": Code(
        ERROR,
        "A situation has a headline: its row on the page of its country and its item in feeds have no other words. "
        "Pictures, HTML comments and marks of notes are left out of it. Write what happened.",
    ),
    "no-network": Code(
        WARNING,
        "Found by `alertgen check --external`: not a single other site could be reached, so nothing can be said of the "
        "links to them. Most likely this computer is not connected.",
    ),
    "no-own-page": Code(
        WARNING,
        "A link by its full address, or one of a template, leads into this site, but to no page that alertgen makes. "
        "Something else may stand there, such as a file that was put beside the bulletin by hand; else readers would "
        "be told that the page does not exist.",
    ),
    "no-site-file": Code(
        ERROR,
        "A folder is a site when it holds a file site.yaml, with at least a title and a base_url. Perhaps the "
        "command was run in another folder.",
    ),
    "not-downloaded": Code(
        ERROR,
        "iCloud has taken the file off this computer to save room, and left a hidden note in its place. Without the "
        "file an alert would be missing, an old address, or a name that must not be published. Fetch it again: in the "
        "Finder, a click on the cloud beside its name does so.",
    ),
    "not-for-readers": Code(
        WARNING,
        "Files in the folder static are published as they are, whether anything links to them or not. Letters "
        "(e-mail), entries of address books and calendars, and the tracks of phones tell of people, and where they "
        "were; back-ups and logs hold what nobody meant to show. Delete such a file there, or write its path under "
        "`cleared` in site.yaml when readers are to have it.",
    ),
    "not-utf8": Code(
        ERROR,
        "Programs save letters as numbers in several ways, called encodings. Texts are read as UTF-8, which knows "
        "every script; this file is saved in another way, so names with accents would be published wrong. Save it "
        "again: Save as, Encoding, UTF-8.",
    ),
    "number-became-list": Code(
        WARNING,
        "A paragraph that begins with a number and a point is taken for a numbered list. Write 2026\\. with a "
        "backslash for plain text.",
    ),
    "number-gap": Code(
        ADVICE,
        "The number of the newest alert does not follow on the highest number before it. Readers who count the series "
        "would look for the one that is missing. An alert of a higher number with an earlier date most often has the "
        "year of an alert that it was copied from.",
    ),
    "number-in-title": Code(
        ADVICE,
        "A number in the title is a word like any other. Only under the key `number` is it known as that of the issue: "
        "to citations, open data, and those who look for a gap in the series.",
    ),
    "number-mismatch": Code(
        ERROR,
        "The title gives the issue another number than the key `number`. Readers would see both, one above the other, "
        "and libraries cite one of them for ever.",
    ),
    "other-country": Code(
        WARNING,
        "A headline such as `Nigeria: …` says which country it is about, and the header or the braces say another. A "
        "wrong country puts the alert on the page, the map and the feed of people whom it is not about.",
    ),
    "other-credit": Code(
        WARNING,
        "Two alerts show the same picture and name different people for it. One of the two names is wrong, most often "
        "since it came along from the file of an alert with another picture.",
    ),
    "outside-link-gone": Code(
        WARNING,
        "Found by `alertgen check --external`: a link to another site leads to nothing any more. Find the new address "
        "of the document, or link an archived copy; a source keeps its `url` and gets an `archived` beside it.",
    ),
    "outside-link-moved": Code(
        ADVICE,
        "Found by `alertgen check --external`: the other site says that the document has another address now. Old "
        "addresses are often switched off one day, so write the new one.",
    ),
    "outside-link-private": Code(
        WARNING,
        "Found by `alertgen check --external`: the address belongs to this computer or to one in your own network, so "
        "readers cannot follow the link, and it tells them something about your network. It was not asked for.",
    ),
    "outside-link-unclear": Code(
        ADVICE,
        "Found by `alertgen check --external`: the other site did not answer, or answers people but no programs. That "
        "need not mean anything; look at the link in a browser if it stays so.",
    ),
    "password-in-address": Code(
        ERROR,
        "An address of the form https://name:password@host gives away the name and the password to everybody who sees "
        "the page or the feed. Leave out what stands between // and @. Reports show dots in its place.",
    ),
    "pasted-bullet": Code(
        WARNING,
        "Word processors begin the items of a list with a dot, a dash or 1), for instance. Here a list begins with a "
        "hyphen or with 1. and a space; after any other sign the items would run on in one paragraph.",
    ),
    "pasted-message": Code(
        WARNING,
        "A message that is copied from WhatsApp, Telegram or a mail program brings along who wrote it and when. Both "
        "lead to a witness, and readers would see them.",
    ),
    "phone-number": Code(
        WARNING,
        "A phone number leads to a person, and to where the phone is. Take it out. One that is meant to be public may "
        "stand under `cleared` in site.yaml. Numbers are recognised by their form, so this may be something else.",
    ),
    "picture-without-alt": Code(
        ERROR,
        "A picture needs a description for readers who cannot see it, and for slow connections: ![what it "
        "shows](file.jpg).",
    ),
    "private-key": Code(
        ERROR,
        "Files in the folder static are published as they are. A private key opens a server, a letter or an account to "
        "whoever has it. One that was ever on the web must be taken for known to others.",
    ),
    "quotes-in-value": Code(
        ADVICE,
        "A word processor makes curly quotation marks of straight ones. Around the value of a key they belong to the "
        "text and are published. Where a colon asks for quotation marks, straight ones are needed.",
    ),
    "redirect-loop": Code(
        ERROR,
        "An old address under `aliases` is the very page that it would lead to. Remove it from `aliases`.",
    ),
    "refused-by-policy": Code(
        WARNING,
        "Pages carry a Content-Security-Policy, which protects readers: no style and no script runs that stands in the "
        "markup itself. Styles belong into a style sheet of static/, scripts into a file there.",
    ),
    "refused-path": Code(
        ERROR,
        "Files are only read inside the site folder, so that nothing private is published by accident. Paths that "
        "climb out of it, absolute paths and links to folders are refused. Put a copy of the file into the site "
        "folder.",
    ),
    "reliefweb-country": Code(
        ERROR,
        "ReliefWeb names countries by numbers of its own. Each country that an alert is about needs its number under "
        "`reliefweb:` in site.yaml.",
    ),
    "reliefweb-limits": Code(
        ERROR,
        "ReliefWeb refuses reports with titles of less than 10 or more than 255 characters, with texts of less than "
        "10 or more than 100,000, and titles, texts, picture descriptions and credits without a letter in them. Change "
        "them, or leave `reliefweb:` out of site.yaml.",
    ),
    "remark-left": Code(
        WARNING,
        "Marks such as [TK], XXX and ??? say that something is still open; {>>…<<}, {++…++} and ~~…~~ are remarks and "
        "changes of an editor, which are not carried out here but shown as they stand, and so are comments from Google "
        "Docs (`[a]Is this sure?`). Settle them and take them out.",
    ),
    "remote-picture": Code(
        ERROR,
        "A picture on another host would tell that host who reads the alert, and can change or vanish. Save it "
        "next to the alert and name the file.",
    ),
    "repeated-attribute": Code(
        ERROR,
        "An attribute that stands twice in a list counts only once, the last time. Several countries or risk tags "
        "go into one attribute, separated by spaces.",
    ),
    "reused-id": Code(
        ERROR,
        "The feed id belongs to another alert that has been published, so feed readers would take this one for it. "
        "Remove the line `id`: an id is made for the alert.",
    ),
    "said-of-other-country": Code(
        WARNING,
        "What the braces behind a heading do not say of level, trend and risk tags is taken from the keys at the top. "
        "There it is said of the countries in `country`. A situation of another country would be shown, mapped and "
        "counted with a level or a crime that was meant for them.",
    ),
    "same-summary": Code(
        ADVICE,
        "Lists, feeds and previews of links show the summary, or the beginning of the text where there is none. When "
        "each issue begins with the same paragraph, all of them say the same there.",
    ),
    "search-failed": Code(
        ERROR,
        "The search index is made by Pagefind, which could not run. Install alertgen again, or set `search: false` in "
        "site.yaml to publish without search.",
    ),
    "seems-held": Code(
        ERROR,
        "Other programs leave out what lies in a folder such as drafts, or is called with an underscore in front. Here "
        "every text in the folders alerts and pages is published unless the keys `draft` or `embargo` keep it at home.",
    ),
    "sign-of-font": Code(
        WARNING,
        "PDFs spell words with signs for several letters at once, such as \ufb01, or for the shapes of Arabic letters. "
        "They look right, but who searches for the word may not find it, and screen readers may stumble over it. Signs "
        "of Word's own fonts are empty boxes for readers. Type the letters themselves.",
    ),
    "sign-of-program": Code(
        WARNING,
        "Blogs, wikis, mailing and writing programs put signs into a text that they replace before it is shown: "
        "[caption] and {{ date }}, for instance. Here they are shown as they stand. Take them out.",
    ),
    "situation-in-page": Code(
        ERROR,
        "Standing pages hold no situations: they appear on no country page and in no feed. Delete the attributes, "
        "or write an alert.",
    ),
    "situation-without-country": Code(
        ERROR,
        "A heading with a level, a trend or risk tags begins a situation, and a situation needs a country or a "
        "theme. Only in an alert about one country it is inherited.",
    ),
    "source-not-archived": Code(
        ADVICE,
        "Found by `alertgen check --external`: documents vanish from the web, most of all those about crimes. A copy "
        "in the web archive, named under `archived`, keeps what an alert rests on within readers' reach.",
    ),
    "stale-embargo": Code(
        ERROR,
        "An embargo that ends before the day of its alert keeps nothing at home: the alert would be public with the "
        "first build of that day. Most often it came along when the file of an earlier alert was copied.",
    ),
    "static-file-not-bare": Code(
        ERROR,
        "PDF and office files in the folder static are published as they are. Beside their text they tell who wrote, "
        "saved or commented them, and photos in them may tell where they were taken. Save the file without all that, "
        "or write under `cleared` in site.yaml who may be named. A file that cannot be looked into may name anybody.",
    ),
    "static-picture-not-bare": Code(
        ERROR,
        "Files in the folder static are published as they are. A picture there holds data beside its pixels, such as "
        "the place where it was taken or the name of its owner. Save it without them, or show it in a text: pictures "
        "of texts are made anew from their pixels. Drawings (SVG) can name who made them and hold such pictures; of "
        "films and recordings nobody can tell. Who may be named stands under `cleared`, and so does a file that tells "
        "nothing.",
    ),
    "stray-less-than": Code(
        WARNING,
        "A less-than sign right before a letter begins an HTML tag, and the text up to the next greater-than sign "
        "can vanish. Write &lt; for the sign.",
    ),
    "summer-time": Code(
        WARNING,
        "The embargo is told with a difference from UTC that the time zone of the site has at another time of year, so "
        "it would end an hour too early or too late by the clocks there. Most often it came along from a file that was "
        "written before the clocks changed.",
    ),
    "taken-anchor": Code(
        ERROR,
        "An anchor is what links to a situation end in, and a page can have each of them once. The page of an alert "
        "has some of its own, such as `main`, to which the link past the menu leads. Choose another one.",
    ),
    "template-error": Code(
        ERROR,
        "A template uses something that the page does not have, or fails while the page is made. What it may "
        "use is told by `alertgen explain` with the name of the template, as in `alertgen explain home.html`.",
    ),
    "template-syntax": Code(
        ERROR,
        "A template is written in Jinja, a language of its own between {{ }} and {% %}, and something in it is not "
        "spelled as that language asks. The line shown is where its reader gave up; the slip may stand a little above.",
    ),
    "text-in-static": Code(
        ERROR,
        "Files in the folder static are published as they are. A text there is no page: readers could fetch it with "
        "its keys, and nobody looks whether it is a draft or under embargo.",
    ),
    "title-says-twice": Code(
        ADVICE,
        "The series, the number and the date are shown beside every title, in lists, feeds and citations. A title "
        "that repeats them is longer than it need be.",
    ),
    "toll-without-source": Code(
        ADVICE,
        "A figure of people killed, wounded or displaced is only as good as its source. The paragraph neither links a "
        "report nor says who counted.",
    ),
    "todo-left": Code(
        ERROR,
        "The word TODO: marks what is still to be written. A draft may hold it; a text that is published may not.",
    ),
    "too-large": Code(
        ERROR,
        "Text files of more than 1 MB are not read: they are no bulletins, and reading them could take very long. "
        "Split the text, and keep pictures in files of their own.",
    ),
    "too-short-name": Code(
        ERROR,
        "Each line of do-not-publish.txt is a name to look for. One of a letter or two would be found in every text. "
        "Write the name out.",
    ),
    "torn-style": Code(
        WARNING,
        "In a style sheet of the site a brace has no partner. Browsers say nothing and pass over rules that they "
        "cannot read, so part of the page loses its look.",
    ),
    "tracking-parameter": Code(
        WARNING,
        "Parts of the address only report who followed the link from where, or it leads by way of a mailing program or "
        "a platform, which may name whom it was sent to. That is left out; the link leads to the same place.",
    ),
    "tracking-picture": Code(
        WARNING,
        "A picture of one pixel tells a mailing service who has opened a text. It is left out of the page.",
    ),
    "translation-mismatch": Code(
        ERROR,
        "Files of one name are the same alert in several languages, so date, number and countries must agree, levels "
        "and trends must not contradict each other, and none appears while the original is under embargo.",
    ),
    "translation-of-draft": Code(
        ADVICE,
        "The text in the first language of the site is a draft, but its translation is published. That is right where "
        "the translation was written first; who takes a text down has to take down every language of it.",
    ),
    "trend-against-level": Code(
        WARNING,
        "The trend says how a country fares since the previous alert on it, and so do the two levels. Here they "
        "contradict each other, most often since one of them came along from the alert that was copied.",
    ),
    "twin-files": Code(
        ERROR,
        "Files with one name are translations of each other, so two in one language cannot be. Rename one of them.",
    ),
    "twin-alerts": Code(
        WARNING,
        "Two files hold an alert of the same day under the same title, so subscribers may get it twice. Programs "
        "that keep folders alike make such copies (`name (1).md`, `name 2.md`, `name - Copy.md`, a conflicted copy). "
        "Delete one.",
    ),
    "twin-id": Code(
        ERROR,
        "Feed readers would take the two for one alert and show only one of them. It happens when a file is copied; "
        "give the copy no id.",
    ),
    "twin-names": Code(
        ERROR,
        "Two file names differ only in capital letters, or in how their accents are stored. macOS and Windows "
        "cannot keep both, so one would be lost. Rename one of them.",
    ),
    "twin-number": Code(
        ERROR,
        "Every alert of the series has a number of its own; readers and libraries cite it.",
    ),
    "twin-slug": Code(
        ERROR,
        "Two alerts of one year would live at the same address, and one of them would be lost. Give one of them a "
        "slug of its own.",
    ),
    "twin-term": Code(
        ERROR,
        "Two risk tags or levels have the same slug, so nobody could tell which one an alert means.",
    ),
    "uncorrected-translation": Code(
        ADVICE,
        "What was wrong in a text is most often wrong in its translations, too, whose readers are told nothing of a "
        "correction that stands in one language alone.",
    ),
    "unclosed-front-matter": Code(
        ERROR,
        'The line "---" below the keys is missing, so nothing tells where the keys end and the text begins.',
    ),
    "unclosed-html": Code(
        ERROR,
        "A tag or comment without its end takes hold of everything after it; text can vanish or the page can "
        "break. Close it, or write Markdown.",
    ),
    "unknown-country": Code(
        ERROR,
        "Countries are named by ISO 3166 code, English name or a listed other name, spelled exactly. Near misses "
        "are suggested but never taken: Niger is not Nigeria.",
    ),
    "unknown-key": Code(
        ERROR,
        "Keys are few and spelled exactly, so that a mistyped one is never ignored in silence. The reference lists "
        "them all.",
    ),
    "unknown-language": Code(
        ERROR,
        "The text is in a language that `languages` in site.yaml does not list, so it would have no place on the site.",
    ),
    "unknown-level": Code(
        ERROR,
        "Levels come from the scheme named in site.yaml and are spelled exactly as there.",
    ),
    "unknown-note": Code(
        ERROR,
        "The text refers to a footnote that does not exist, so the reference would be printed as typed. Add the "
        "note, or mend the name.",
    ),
    "unknown-reference": Code(
        ERROR,
        "A link by reference has no address in the text, so its brackets would be printed as typed. Add the line "
        "with the address, or put a backslash in front of brackets that are text.",
    ),
    "unknown-risk-tag": Code(
        ERROR,
        "Risk tags are claims, so they come from a fixed list: four crimes, fourteen UN risk factors, and the tags "
        "of site.yaml. They are spelled exactly as listed.",
    ),
    "unknown-server": Code(
        ERROR,
        "Rules for redirects can be written for nginx and for Apache. Netlify and Cloudflare Pages read `_redirects`, "
        "which is always there, and on every other host the pages at the old addresses lead on.",
    ),
    "unknown-situation-attribute": Code(
        ERROR,
        "The attributes of a situation are country, theme, level, trend and risk_tags. Any other word is a slip, "
        "and the situation would be filed wrongly.",
    ),
    "unknown-static-file": Code(
        ERROR,
        "Files in the folder static are published as they are, whether anything links to them or not. Texts, pictures, "
        "fonts, PDF and office files are looked into; what another file says of people and places nobody can tell. "
        "Move it elsewhere, or write its path under `cleared` in site.yaml when you know that it may be published.",
    ),
    "unknown-trend": Code(
        ERROR,
        "A trend is deteriorated, unchanged or improved.",
    ),
    "unread-text": Code(
        WARNING,
        "Alerts are read from the folder `alerts` and standing pages from the folder `pages`, in just this spelling. A "
        "text elsewhere would be missing from the site without a word. Move it there, or rename its folder.",
    ),
    "unreadable-file": Code(
        ERROR,
        "The computer does not let alertgen read the file or the folder. Look at its permissions, and whether another "
        "program holds it open.",
    ),
    "unreadable-ledger": Code(
        ERROR,
        "published.json remembers every address and feed id ever published. It is never overwritten when it cannot "
        "be read; put an older copy in its place, from a backup or from Git.",
    ),
    "unsearched-file": Code(
        WARNING,
        "Names from do-not-publish.txt are looked for in PDF and office files, too, but not in the pictures that they "
        "hold, such as scanned pages, nor in text whose letters are not told. Look through such a file yourself, and "
        "write its path under `cleared` in site.yaml.",
    ),
    "unusable-name": Code(
        ERROR,
        "The name of the file holds letters that an old program has stored in a way of its own (not as UTF-8), so it "
        "cannot be shown or linked. Rename the file.",
    ),
    "untranslated-text": Code(
        WARNING,
        "A translation begins as a copy of its original, and this one still says the same in the same words. It would "
        "be published under the other language, read aloud as if it were in it, and sent to its subscribers.",
    ),
    "untranslated-value": Code(
        ADVICE,
        "A value of site.yaml is said in some languages of the site and not in others, whose pages then show it in the "
        "first language. A value that is the same everywhere needs no languages: `publisher: Name`.",
    ),
    "unused-note": Code(
        WARNING,
        "A footnote that the text never refers to is not shown anywhere. Refer to it, or take it out.",
    ),
    "unused-template": Code(
        WARNING,
        "A file in `templates` takes the place of the default template of the same name, or is named by another one. "
        "This file does neither, so it changes nothing. Most often its name is a slip.",
    ),
    "utf-16": Code(
        ERROR,
        "The file is saved in an encoding that is not read here. Save it again as UTF-8; in Windows Notepad: Save "
        "as, Encoding, UTF-8.",
    ),
    "vague-link-text": Code(
        WARNING,
        "People who listen to a page, or skim it, go from link to link. The words of a link name what it leads to; "
        '"here" names nothing.',
    ),
    "vanished-address": Code(
        ERROR,
        "An address that has been published is cited and linked for decades, so it may not disappear. Put it under "
        "`aliases` in the alert or page that readers should find there; the message prints the line.",
    ),
    "vanished-anchor": Code(
        WARNING,
        "Links to a situation end in its anchor. A situation keeps the anchor that it was published under when its "
        "heading is reworded; this one has lost its heading or its countries. Write the anchor into the braces after "
        "the heading that readers should find, such as `{: #sudan-mass-graves-found country=SD }`.",
    ),
    "wiki-link": Code(
        WARNING,
        "Double brackets do not make links here; they are printed as typed. Write [words](address).",
    ),
    "windows-name": Code(
        WARNING,
        "Windows reserves names such as CON and NUL and some characters, so colleagues who use it could not fetch "
        "this file, or the folder that a page of this name gets. Use plain letters, digits and hyphens.",
    ),
    "wrong-address": Code(
        ERROR,
        "A complete address is expected, beginning with https:// or http://.",
    ),
    "wrong-alias": Code(
        ERROR,
        "An alias is an old address of this site, beginning with / and without the host. Readers who follow it are "
        "led here. The address of a feed cannot be one: feed readers would find a page where they look for a feed.",
    ),
    "wrong-country": Code(
        WARNING,
        "An alert was published under a country that it is not about any more. Whoever follows that country has read "
        "it, and nobody tells them. Write a correction with `wrong_country: NE` (the country that was wrong) below its "
        "`text`: the page and the feeds of that country show the correction. Or the country is still named as well.",
    ),
    "wrong-date": Code(
        ERROR,
        "Dates are written year-month-day, as in 2026-11-18, and must exist in the calendar.",
    ),
    "wrong-fence": Code(
        ERROR,
        'Programs that correct as one types turn "---" into a dash. The lines above and below the keys must be '
        "three hyphens and nothing else.",
    ),
    "wrong-id": Code(
        ERROR,
        "A permanent id is a name that nothing else in the world has, such as urn:uuid: with 32 random digits. Feed "
        "readers tell by it whether they have seen an alert before. `alertgen new` writes one.",
    ),
    "wrong-language": Code(
        ERROR,
        "A language is named by its code, such as en, fr, ar or pt-BR. It may differ from that of a country: Ukrainian "
        "is uk, Burmese my.",
    ),
    "wrong-moment": Code(
        ERROR,
        "An embargo is a date with time and zone, as in 2026-11-18T17:00+01:00. Without the zone nobody can know "
        "when it ends.",
    ),
    "wrong-number": Code(
        ERROR,
        "A whole number above zero is expected, written in digits alone.",
    ),
    "wrong-order": Code(
        ERROR,
        "A correction or an update cannot be older than the alert itself. One of the two dates is wrong.",
    ),
    "wrong-slug": Code(
        ERROR,
        "The last part of an address consists of lower-case words joined by hyphens. Addresses stay for ever, so it "
        "is better short and plain.",
    ),
    "wrong-timezone": Code(
        ERROR,
        "A time zone is named by continent and city, as in Africa/Nairobi, or UTC. It decides what day it is when a "
        "date is due.",
    ),
    "wrong-type": Code(
        ERROR,
        "One value is expected where a list stands, or a group of keys where a text stands. The reference shows the "
        "form of each key.",
    ),
    "wrong-value": Code(
        ERROR,
        "The key takes `true` or `false` only, spelled just so; or it takes words, and one of these two stands there.",
    ),
    "yaml-feature": Code(
        ERROR,
        "The keys are written in a language called YAML, in which a value can also be named and repeated, given a "
        "type, or put into a second document. None of it is needed here, and it hides what is published; write every "
        "value out.",
    ),
    "yaml-syntax": Code(
        ERROR,
        "The line does not follow the form `key: value`. Most often a text holds a colon followed by a space, or "
        "begins with a special character; quotation marks around the whole text mend both.",
    ),
}


def problem(
    code: str, message: str, at: Place, *, hint: str = "", excerpt: str = "", also: tuple[Place, ...] = ()
) -> Diagnostic:
    """Make a diagnostic with the severity that `CODES` gives to *code*.

    Raises:
        KeyError: *code* is not in the table (a bug in alertgen).
    """
    return Diagnostic(
        code=code,
        message=message,
        at=at,
        hint=hint,
        severity=CODES[code].severity,
        excerpt=excerpt,
        also=also,
    )
