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
        "Only http, https and mailto addresses and paths inside the site become links. Any other address can run a "
        "program, or leads nowhere on a reader's computer. The words stay, without a link.",
    ),
    "address-taken": Code(
        ERROR,
        "Every page needs an address of its own, also on computers that do not tell capital letters from small ones. "
        "Rename one of the two files, or give it a `slug`.",
    ),
    "alias-is-a-page": Code(
        ERROR,
        "An address under `aliases` is that of a page of this site, so it cannot lead anywhere else. Remove it from "
        "`aliases`, or give that page another address.",
    ),
    "alias-repeats-folder": Code(
        WARNING,
        "Old addresses are written without the folder of `base_url`, which is put in front of them. With that folder "
        "it would stand there twice, and readers who come to the old address would find nothing.",
    ),
    "ambiguous-country": Code(
        ERROR,
        "The name may mean more than one country. Write the full name or the two-letter code.",
    ),
    "attribute-removed": Code(
        WARNING,
        "Of HTML attributes, only a few (such as lang and dir) are kept. Others could run scripts or spoil the look "
        "of the page, so they are left out of it. Take them out of the text.",
    ),
    "bare-address": Code(
        WARNING,
        "An address typed into the text does not become a link, and people who listen to a page hear it letter by "
        "letter. Link the words that it is about: [words](address).",
    ),
    "body-too-intricate": Code(
        ERROR,
        "Some texts take hours to convert: with brackets that are never closed, quotations within quotations, or "
        "tables of a thousand columns. Nobody writes them on purpose. Texts beyond a generous limit are not "
        "converted.",
    ),
    "body-too-large": Code(
        ERROR,
        "The text is much longer than an alert. Either something was pasted by accident, or it is better published as "
        "several alerts. It is not converted.",
    ),
    "bold-heading": Code(
        ADVICE,
        "A short line in bold letters looks like a heading but is none. People who listen to a page move from heading "
        "to heading, and only a heading can begin a situation.",
    ),
    "broken-table": Code(
        WARNING,
        "A table needs an empty line above it, vertical bars | between its cells, and a line such as |---|---| below "
        "its first row, with as many cells as that row has. Without them, readers see its rows as one paragraph, with "
        "all the bars or tabs. No row may have more cells than the first: what is in the extra cells is left out.",
    ),
    "broken-word": Code(
        WARNING,
        "A word is hyphenated at the end of a line, as in text from a PDF. On the page the line goes on, so readers "
        "would see the hyphen and a space within the word, and a search would not find it.",
    ),
    "changed-id": Code(
        ERROR,
        "A feed id tells feed readers and mailing tools which alert they have seen already. With another id, the same "
        "alert is sent to every subscriber again. Give the alert the id under which it was published. If the old "
        "address held a name from do-not-publish.txt, the id lets feed readers replace what they have.",
    ),
    "changed-language": Code(
        ERROR,
        "The first of the `languages` is that of every address without a language (/, /feed.xml, /countries/sudan/) "
        "and of every text that names none. With another one in front, published texts would be shown as if they were "
        "written in it, and subscribers would get another language. Add a new language at the end.",
    ),
    "changed-number": Code(
        WARNING,
        "Others cite an alert by its number: it is in the heading of its page and in what reference managers save. If "
        "a published alert gets another number, that of another alert, or none, whoever looks for it finds nothing, "
        "or the wrong one. Most often a header was copied, or a number was replaced in too many files. A correction "
        "that names the old number says that the change is meant. The build that publishes it is the last to tell it.",
    ),
    "comment-removed": Code(
        WARNING,
        "HTML comments and other remarks that a browser does not show are left out of the page. They are still in the "
        "file, so take out what others must not see.",
    ),
    "control-character": Code(
        ERROR,
        "The text holds an invisible character that feeds may not contain; feed readers would refuse the whole feed. "
        "It comes with text copied from PDF files or old programs. Take it out.",
    ),
    "copied-file": Code(
        WARNING,
        "Programs that keep folders alike make copies with names such as `name (1).md` or `name - Copy.md` when two "
        "people change a file. Each copy would be published as a text of its own, even if the other one is a draft; "
        "of site.yaml and published.json only one is read. Compare the two, and keep one.",
    ),
    "coordinates": Code(
        WARNING,
        "Coordinates can lead to a shelter, a clinic or the house of a witness. Name the town or the district "
        "instead. A position that is public anyway may be listed under `cleared` in site.yaml.",
    ),
    "copied-summary": Code(
        WARNING,
        "Two alerts have one summary. Most often the file of the last alert was copied for this one, and its summary "
        "is what lists, feeds and previews of links show of an alert on something else.",
    ),
    "country-and-theme": Code(
        ERROR,
        "A situation belongs to countries or, if there is none, to a theme. With both, it would be unclear where it "
        "is listed.",
    ),
    "country-never-named": Code(
        WARNING,
        "A text names another country, but never its own, nor a place or people of it that alertgen knows. Or the "
        "header names a country that nothing in the alert is about. Most often the header or a heading was copied, and "
        "the country in it has not been changed. A wrong country puts the alert on the page, the map and the feed of "
        "people whom it is not about.",
    ),
    "country-without-situation": Code(
        WARNING,
        "A heading is the name of a country, or begins with it, but has no `country=` in braces. So it begins no "
        "situation: the text below it is not on the page of that country, has no level, and is not in its feed. Or a "
        "line that was a headline in a word processor is ordinary text here, or the title of an alert without "
        "`country` begins with one.",
    ),
    "curly-quotes-in-attributes": Code(
        ERROR,
        "A word processor has turned the quotation marks in the braces behind a heading into curly ones. Such braces "
        "have no effect, and readers would see them. Type straight quotation marks.",
    ),
    "dated-back": Code(
        ADVICE,
        "An embargo ends on a later day than the date of the alert. Lists and feeds sort by date, so the alert will "
        "not appear as the newest, and programs that send new items by e-mail may take it for an old one.",
    ),
    "day-of-another": Code(
        WARNING,
        "An alert that is published for the first time has the date of another one, published some days or weeks ago. "
        "Most often its file began as a copy of that one. Subscribers would not see it as the newest, or would not "
        "get it at all.",
    ),
    "day-to-come": Code(
        WARNING,
        "An alert that is public has a correction, an update, a source or a first publication with a date in the "
        "future. Readers would see that date, and feed readers would take the alert for the newest until then.",
    ),
    "dead-link": Code(
        ERROR,
        "A link inside the site leads to a page, heading or file that is not published, or has no address at all. "
        "Readers would find nothing there.",
    ),
    "direction-character": Code(
        WARNING,
        "The text holds an invisible character that changes the direction of the letters after it, so that what is "
        "shown differs from what is stored and copied. Take it out, or mark the words with dir instead.",
    ),
    "do-not-publish": Code(
        ERROR,
        "A name from do-not-publish.txt stands here: in the text, the header, the name of a file or the theme. "
        "Nothing is published until it is taken out. No report shows which name it is, so that reports can be passed "
        "on.",
    ),
    "dropped-level": Code(
        ERROR,
        "The site no longer used this level on the day of the alert. Old alerts keep it; newer ones need a level that "
        "was in use.",
    ),
    "duplicate-key": Code(
        ERROR,
        "A key may appear only once. alertgen cannot know which of the two values is meant, so keep one line and "
        "delete the other.",
    ),
    "duplicate-note": Code(
        ERROR,
        "Two footnotes have the same name, and only the last of them would be shown. Give each a name of its own.",
    ),
    "element-removed": Code(
        WARNING,
        "Only some HTML elements are allowed. Others could run a script, send to somebody what readers do, or break "
        "the page, so they are left out. Write Markdown instead.",
    ),
    "email-address": Code(
        WARNING,
        "An e-mail address leads to a person, who may not want to be found or written to by everybody. Take it out. "
        "If it is meant to be public, list it under `cleared` in site.yaml.",
    ),
    "embed-became-link": Code(
        WARNING,
        "Embedded videos, maps and posts come from other hosts and tell them who reads the alert. They are replaced "
        "by a link to the same address.",
    ),
    "empty-body": Code(
        ERROR,
        "There is nothing to publish below the keys. Subscribers would get an empty message. Comments, scripts, rules "
        "and notes without a reference are not shown.",
    ),
    "empty-file": Code(
        ERROR,
        "The file holds nothing. Write the text, or delete the file.",
    ),
    "empty-heading": Code(
        WARNING,
        "People who listen to a page move from heading to heading. A heading without words tells them nothing. Write "
        "some words, or delete the line with its number signs.",
    ),
    "empty-situation": Code(
        ERROR,
        "A heading begins a situation, but no text follows. Subscribers would get an empty item.",
    ),
    "empty-value": Code(
        ERROR,
        "A key has no value. Write one, or delete the line. `draft` and `embargo` must never be empty, because they "
        "keep a text from being published.",
    ),
    "example-text": Code(
        WARNING,
        "A new site begins with texts that show how they are written. Once `base_url` in site.yaml is the address of "
        "your site, readers would take them for yours.",
    ),
    "fenced-code": Code(
        WARNING,
        "Lines of three backticks do not begin a block of code in this Markdown. Indent a block of code by four "
        "spaces.",
    ),
    "fetched-from-elsewhere": Code(
        ERROR,
        "A file that a page fetches from another site tells that site who reads the page, and when. Pages therefore "
        "forbid it, and the file would be missing; only a page in the folder static would fetch it. Keep fonts, style "
        "sheets, scripts and pictures in the folder static.",
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
        "The title in the header is the only heading of level 1 on a page. Headings in the text begin with two number "
        "signs; this one is published as if it did.",
    ),
    "heading-skips-level": Code(
        WARNING,
        "People who listen to a page move from heading to heading by their levels. A heading may be at most one level "
        "below the one before it.",
    ),
    "heading-without-space": Code(
        WARNING,
        "A line that begins with a number sign becomes a heading, even without a space after the sign. If the sign is "
        "part of the text, put a backslash in front of it.",
    ),
    "ignored-file": Code(
        WARNING,
        'Only files whose names end in ".md" are read as alerts or pages. A file with another ending would silently '
        "be missing from the site. So would a PDF or a table for readers: only pictures that a text shows are "
        "published with it. Rename the file, or move it to another folder.",
    ),
    "image-changed": Code(
        ERROR,
        "The picture was replaced while the site was being built, so the file that was checked is not the one that "
        "would be published. Build again.",
    ),
    "image-first-frame": Code(
        WARNING,
        "Of a picture that moves or has several pages, only the first frame is published: movement distracts from the "
        "text and can hide something that nobody checked. Save the part that matters as a picture of its own.",
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
        "A picture is published with the name of whoever made it, as in `Photographer/Agency`.",
    ),
    "incomplete-page": Code(
        WARNING,
        "The templates of the site leave out something that every page needs: its language, its title, its width for "
        "phones, the beginning of its text, the link past the menu. The report gives the line to write. Most of these "
        "lines are in the default base.html and parts/head.html.",
    ),
    "indented-text": Code(
        WARNING,
        "A paragraph whose lines begin with four spaces or a tab is shown as program code. Word processors indent the "
        "first line of a paragraph; here an empty line between paragraphs is enough.",
    ),
    "inner-address": Code(
        WARNING,
        "The address leads to a shared document, a mailbox or a computer of an office, or is a folder of somebody's "
        "computer. It can name a colleague, it can let readers see or change what is not meant for them, and one day "
        "it will stop working. Link the page on which the document is published. If it is meant to be public, list it "
        "under `cleared` in site.yaml.",
    ),
    "invisible-character": Code(
        WARNING,
        "The text holds an invisible character. It spoils search and copied quotations, and can be a hidden mark that "
        "shows who leaked a document. Take it out.",
    ),
    "key-in-address": Code(
        WARNING,
        "The address contains an access key, such as a signature, a token or the number of a session. Whoever has it "
        "may act in the name of the person for whom it was made, and one day it will stop working. Link the public "
        "page of the document.",
    ),
    "keys-in-text": Code(
        ERROR,
        "Keys belong between the two lines --- at the top of a file. Below them they are text that readers see, and a "
        "`draft: true` there does not keep the text from being published. This happens when a header is pasted twice.",
    ),
    "last-year": Code(
        WARNING,
        "An alert that is published for the first time has a date of about a year ago. In January, and in copied "
        "files, the year is easily wrong. The address would keep that year for ever, and no feed would show the alert "
        "as new.",
    ),
    "left-out-comment": Code(
        WARNING,
        "In the header, a # after a space begins a comment, and the rest of the line is left out. To keep it, put "
        "quotation marks around the whole text. If you mean a comment, write a space after the #.",
    ),
    "late-date": Code(
        ADVICE,
        "The text mentions a day after the date of the alert, or after its last update or correction. Most often one "
        "of the two dates is wrong. Sentences about the future are not reported.",
    ),
    "left-over": Code(
        WARNING,
        "Files in the folder static are published unchanged, whether anything links to them or not. Backups and logs "
        "hold what nobody meant to show. Delete the file there. If readers are to have it, list its path under "
        "`cleared` in site.yaml.",
    ),
    "leftover-of-mail": Code(
        WARNING,
        'The line looks like one that a mailing tool or a site builder put around the text, such as "No images? '
        'Click here". Take it out.',
    ),
    "leftover-of-page": Code(
        WARNING,
        "A line such as Page 2 of 5, or a number alone in its paragraph, was at the foot of a page of the PDF from "
        "which the text was copied. Here it would be in the middle of the text. Take it out.",
    ),
    "level-without-country": Code(
        ERROR,
        "A level or a trend is a claim about a country. It cannot stand where no country is named.",
    ),
    "line-became-heading": Code(
        WARNING,
        "A line of hyphens directly below a line of text turns the text into a heading. If you want a horizontal "
        "line, put an empty line between them.",
    ),
    "link-to-held": Code(
        ERROR,
        "A published text links to a draft, or to an alert with an embargo or a date in the future. The link would be "
        "dead, and its address alone would reveal the text.",
    ),
    "list-without-blank-line": Code(
        WARNING,
        "A list needs a blank line above it. Without one, its items run on in the paragraph before, hyphens and all.",
    ),
    "local-address": Code(
        WARNING,
        "localhost and 127.0.0.1 mean the computer of whoever opens the address. Feeds, the sitemap, citations and "
        "shared links would lead every reader to their own computer. Write the address on the web; `alertgen serve` "
        "shows the site on your computer in any case.",
    ),
    "lost-letter": Code(
        WARNING,
        "The sign U+FFFD stands where a letter was lost when the text was converted before; signs such as \u00c3\u00a9 "
        "stand where one was garbled. Type the right letter in its place.",
    ),
    "malformed-attributes": Code(
        ERROR,
        "The braces behind a heading say which country or theme a situation is about. These are not written "
        "correctly, so part of them would have no effect or be shown to readers. They look like "
        '{: country=SD risk_tags="genocide war-crimes" } and stand at the end of the heading.',
    ),
    "markup-in-situation-heading": Code(
        WARNING,
        "The heading of a situation appears in lists, in feeds and on country pages as plain words. A link, note or "
        "picture in it is left out.",
    ),
    "lost-in-template": Code(
        ERROR,
        "A template that begins with {% extends … %} fills blocks of another one. Jinja does not show text outside of "
        "its blocks, nor a block that the other template does not have, and it does not report this. Most often the "
        "name of a block is misspelled. The blocks of base.html are `main`, `scripts` and `kind`.",
    ),
    "marked-unpublished": Code(
        ERROR,
        "A line or a value begins with EMBARGOED, DRAFT, NOT FOR PUBLICATION or the like. That does not hold the text "
        "back; only the keys `draft` and `embargo` do. Readers would see the text, and that it was not meant for "
        "them.",
    ),
    "merge-conflict": Code(
        ERROR,
        "Two people changed the same place of a text, of site.yaml, of the theme or of the list of names, and Git has "
        "written both versions into the file for somebody to choose. Keep one of them (of names, both), and delete the "
        "lines of signs around them.",
    ),
    "misplaced-situation": Code(
        ERROR,
        "A situation begins with a heading of level 2 (##) at the left margin. Anywhere else its attributes have no "
        "effect, and the situation would be missing from the page of its country.",
    ),
    "markup-in-value": Code(
        WARNING,
        "Values of keys are plain words. Signs of Markdown or HTML in them, such as **stress** or &amp;, are shown to "
        "readers as typed, in lists, feeds and search results as well.",
    ),
    "misnamed-list": Code(
        ERROR,
        "The names that must never appear are looked for only if their list is called do-not-publish.txt and lies "
        "beside site.yaml. Under another name it protects nobody, and in another folder it may even be published. "
        "Windows hides the ending .txt, so a file that is shown as do-not-publish.txt may be do-not-publish.txt.txt.",
    ),
    "misnamed-translation": Code(
        WARNING,
        "A translation has the name of its original with the language before the ending, behind a full stop: "
        "`name.fr.md` beside `name.md`. Under any other name (`name-fr.md`) it is an alert of its own in the first "
        "language of the site. Its subscribers get a text in another language, and no page leads to the other one. "
        "Two alerts of one day and about the same countries are also told when they are in two languages and do not "
        "both have numbers.",
    ),
    "missing-image": Code(
        ERROR,
        "The picture is not where the text says. Paths are relative to the file that names them, and capital letters "
        "matter.",
    ),
    "missing-key": Code(
        ERROR,
        "A required key is missing. Every alert needs a `title` and a `date`, every page a `title`, and site.yaml a "
        "`title` and a `base_url`.",
    ),
    "more-than-a-name": Code(
        ERROR,
        "Each line of do-not-publish.txt is looked for as one name, from its beginning to its end. With a remark or a "
        "second name on the line, neither name would be found.",
    ),
    "name-mismatch": Code(
        ERROR,
        "The name of the file gives another date or language than the keys. One of the two is wrong, and an address "
        "or a translation depends on it.",
    ),
    "name-of-another-country": Code(
        ERROR,
        "site.yaml gives a country the name of another one, so readers would confuse the two.",
    ),
    "no-front-matter": Code(
        ERROR,
        'A content file begins with a line "---", then its keys, then another line "---". Without the first line '
        "the keys would be published as text.",
    ),
    "no-headline": Code(
        ERROR,
        "A situation needs a headline: its row on the page of its country and its item in feeds have no other words. "
        "Pictures, HTML comments and footnote marks do not count. Write what happened.",
    ),
    "no-network": Code(
        WARNING,
        "Found by `alertgen check --external`: not a single other site could be reached, so the links to them could "
        "not be checked. Most likely this computer is not connected.",
    ),
    "no-own-page": Code(
        WARNING,
        "A link to a full address, or a link in a template, leads into this site, but to no page that alertgen makes. "
        "Perhaps something else is there, such as a file that was put beside the bulletin by hand. If not, readers "
        "will be told that the page does not exist.",
    ),
    "no-site-file": Code(
        ERROR,
        "A folder is a site when it holds a file site.yaml, with at least a title and a base_url. Perhaps the "
        "command was run in another folder.",
    ),
    "not-downloaded": Code(
        ERROR,
        "iCloud has removed the file from this computer to save space, and left a hidden note in its place. Without "
        "the file, an alert, an old address or a name that must not be published would be missing. To fetch it again, "
        "click the cloud beside its name in the Finder.",
    ),
    "not-for-readers": Code(
        ERROR,
        "Files in the folder static are published unchanged, whether anything links to them or not. E-mails, chats, "
        "address books, tables of people and calendars name people; tracks and exact positions show where they are; "
        "copies of databases and programs of servers hold what nobody meant to show. Delete the file there. If "
        "readers are to have it, list its path under `cleared` in site.yaml.",
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
        "The number of the newest alert does not follow the highest number before it. Readers who count the series "
        "would look for the missing one. If an alert has a higher number but an earlier date, its date most often has "
        "the year of an alert from which it was copied.",
    ),
    "number-in-title": Code(
        ADVICE,
        "A number in the title is a word like any other. Citations, open data, and the check for gaps in the series "
        "know it only from the key `number`.",
    ),
    "number-mismatch": Code(
        ERROR,
        "The title gives the issue another number than the key `number`. Readers would see both, and libraries would "
        "cite one of them for ever.",
    ),
    "other-country": Code(
        WARNING,
        "A headline such as `Nigeria: …` says which country it is about, but the header or the braces say another. A "
        "wrong country puts the alert on the page, the map and the feed of people whom it is not about.",
    ),
    "other-credit": Code(
        WARNING,
        "Two alerts show the same picture with different credits. One of the two is wrong; most often it was copied "
        "with the file of an alert with another picture.",
    ),
    "other-figure": Code(
        WARNING,
        "A paragraph has a figure in one language, such as 120, and another one in its translation, such as 12. "
        "Readers of one of the two are told something wrong. Figures up to ten, in words, of hours and in units of "
        "measure are not compared. Neither are texts that do not have the same paragraphs.",
    ),
    "other-language": Code(
        WARNING,
        "A text is written in another language than the one as which it is published. Most often it is a translation "
        "whose file has a name that does not say so. Subscribers would get a text in another language, screen readers "
        "would read it with the wrong voice, and no page would lead from one language to the other. English, French, "
        "German, Italian, Portuguese and Spanish are told apart, and languages with other letters from these. "
        "Quotations, lists, tables and notes are passed over.",
    ),
    "outside-link-gone": Code(
        WARNING,
        "Found by `alertgen check --external`: a link to another site no longer works. Find the new address of the "
        "document, or link an archived copy. A source keeps its `url` and gets an `archived` below it.",
    ),
    "outside-link-moved": Code(
        ADVICE,
        "Found by `alertgen check --external`: the other site says that the document has another address now. Old "
        "addresses are often switched off one day, so write the new one.",
    ),
    "outside-link-private": Code(
        WARNING,
        "Found by `alertgen check --external`: the address belongs to this computer or to one in your own network, so "
        "readers cannot follow the link, and it tells them something about your network. alertgen did not open it.",
    ),
    "outside-link-unclear": Code(
        ADVICE,
        "Found by `alertgen check --external`: the other site did not answer, or answers people but not programs. "
        "That need not mean anything; if it stays so, open the link in a browser.",
    ),
    "page-without-policy": Code(
        ERROR,
        "Each page carries a Content-Security-Policy: nothing runs or is fetched that is not from this site. It "
        "protects readers even if something harmful gets into a text. A template of the site has left it out.",
    ),
    "password-in-address": Code(
        ERROR,
        "An address of the form https://name:password@host shows the name and the password to everybody who sees the "
        "page or the feed. Leave out what stands between // and @. Reports show dots in its place.",
    ),
    "pasted-bullet": Code(
        WARNING,
        "Word processors begin the items of a list with a dot, a dash or 1), for instance. Here a list begins with a "
        "hyphen or with 1. and a space; after any other sign the items would appear as one paragraph.",
    ),
    "pasted-message": Code(
        WARNING,
        "A message copied from WhatsApp, Telegram or a mail program includes who wrote it and when. Both can lead to "
        "a witness, and readers would see them.",
    ),
    "phone-number": Code(
        WARNING,
        "A phone number leads to a person, and to where the phone is. Take it out. If it is meant to be public, list "
        "it under `cleared` in site.yaml. Numbers are recognised by their form, so this may be something else.",
    ),
    "picture-without-alt": Code(
        ERROR,
        "A picture needs a description for readers who cannot see it, and for slow connections: ![what it "
        'shows](file.jpg). In a template, write alt="what it shows", or alt="" if the picture only adorns the page.',
    ),
    "quotes-in-value": Code(
        ADVICE,
        "A word processor turns straight quotation marks into curly ones. Around the value of a key, curly ones are "
        "part of the text and are published. Where a colon makes quotation marks necessary, type straight ones.",
    ),
    "redirect-loop": Code(
        ERROR,
        "An address under `aliases` is that of the page to which it would lead. Remove it from `aliases`.",
    ),
    "refused-by-policy": Code(
        WARNING,
        "To protect readers, pages carry a Content-Security-Policy: styles and scripts in the markup itself do not "
        "run. Put styles into a style sheet in static/, and scripts into a file there.",
    ),
    "refused-path": Code(
        ERROR,
        "Files are only read inside the site folder, so that nothing private is published by accident. Paths that "
        "climb out of it, absolute paths and links to folders are refused. Put a copy of the file into the site "
        "folder.",
    ),
    "reliefweb-country": Code(
        ERROR,
        "ReliefWeb names countries by numbers of its own. Under `reliefweb:` in site.yaml, give the number of each "
        "country that an alert is about.",
    ),
    "reliefweb-limits": Code(
        ERROR,
        "ReliefWeb refuses reports with titles of less than 10 or more than 255 characters, with texts of less than "
        "10 or more than 100,000, and titles, texts, picture descriptions and credits without a letter in them. Change "
        "them, or leave `reliefweb:` out of site.yaml.",
    ),
    "remark-left": Code(
        WARNING,
        "Marks such as [TK], XXX and ??? say that something is still open. {>>…<<}, {++…++} and ~~…~~ are remarks and "
        "changes of an editor; here they are shown to readers as typed, and so are comments from Google Docs (`[a]Is "
        "this sure?`). Deal with them and take them out.",
    ),
    "remote-picture": Code(
        ERROR,
        "A picture on another host would tell that host who reads the alert, and it can change or vanish. Save it "
        "beside the alert and name the file.",
    ),
    "repeated-attribute": Code(
        ERROR,
        "If an attribute appears twice in the braces, only the last one has an effect. Put several countries or risk "
        "tags into one attribute, separated by spaces.",
    ),
    "reused-id": Code(
        ERROR,
        "The feed id belongs to another alert that has been published, so feed readers would take this one for that "
        "one. Remove the line `id`; the alert then gets an id of its own. If it has no such line, it has taken the old "
        "address of that one, or the name that its file had: give it another.",
    ),
    "rooted-link": Code(
        WARNING,
        "A template links to an address that begins with /. Pages also work in a folder of a host, and when they are "
        "opened from a disk; such a link leads elsewhere there. href(…) makes a link of it for every page.",
    ),
    "said-of-other-country": Code(
        WARNING,
        "If the braces behind a heading say nothing of level, trend or risk tags, these are taken from the keys at "
        "the top. Those keys are about the countries in `country`. A situation in another country would be shown, "
        "mapped and counted with a level or a crime that was meant for them.",
    ),
    "same-summary": Code(
        ADVICE,
        "Lists, feeds and previews of links show the summary, or the beginning of the text if there is none. If each "
        "issue begins with the same paragraph, they show the same for every alert.",
    ),
    "script-not-module": Code(
        WARNING,
        "A script that imports or exports is a module. Browsers run it only if its tag says so; otherwise nothing of "
        "it runs.",
    ),
    "search-failed": Code(
        ERROR,
        "The search index is made by Pagefind, which could not run. Install alertgen again, or set `search: false` in "
        "site.yaml to publish without search.",
    ),
    "secret-in-static": Code(
        ERROR,
        "Files in the folder static are published unchanged. Whoever has a private key or a password can open the "
        "server, the messages or the account that it protects. If it was ever on the web, assume that others know it.",
    ),
    "seems-held": Code(
        ERROR,
        "Other programs leave out texts in a folder such as drafts, or with an underscore at the beginning of their "
        "name. Here every text in the folders alerts and pages is published unless the key `draft` or `embargo` holds "
        "it back.",
    ),
    "sign-of-font": Code(
        WARNING,
        "In PDFs, words can contain signs for several letters at once, such as \ufb01, or for the shapes of Arabic "
        "letters. They look right, but a search for the word may not find it, and screen readers may not read it. "
        "Signs of Word's own fonts are empty boxes for readers. Type the letters themselves.",
    ),
    "sign-of-program": Code(
        WARNING,
        "Blogs, wikis, mailing and writing programs put signs such as [caption] and {{ date }} into a text, and "
        "replace them before readers see it. Here they are shown as typed. Take them out.",
    ),
    "situation-in-page": Code(
        ERROR,
        "Standing pages have no situations: they are on no country page and in no feed. Delete the attributes, or "
        "write an alert.",
    ),
    "situation-without-country": Code(
        ERROR,
        "A heading with a level, a trend or risk tags begins a situation, and a situation needs a country or a theme. "
        "Only in an alert about one country can it leave the country out.",
    ),
    "source-not-archived": Code(
        ADVICE,
        "Found by `alertgen check --external`: documents vanish from the web, above all those about crimes. With a "
        "copy in the web archive, given under `archived`, readers can still see on what an alert is based.",
    ),
    "stale-embargo": Code(
        ERROR,
        "An embargo that ends before the day of its alert does not hold it back: the first build on that day would "
        "publish it. Most often the embargo was copied with the file of an earlier alert.",
    ),
    "stale-figure": Code(
        WARNING,
        "The title, the summary or a heading counts victims by a figure that the text does not say, while it says "
        "another one. Most often only the text was corrected: lists, feeds and social cards then go on telling the old "
        "figure. Round figures, ranges, sums, and those with words such as `more than` before them are not compared.",
    ),
    "static-file-not-bare": Code(
        ERROR,
        "PDF and office files in the folder static are published unchanged. Their hidden data can name who wrote, "
        "saved or commented on them, and photos in them can say where they were taken. Save the file without such "
        "data, or list under `cleared` in site.yaml who may be named. A file that cannot be looked into may name "
        "anybody.",
    ),
    "static-picture-not-bare": Code(
        ERROR,
        "Files in the folder static are published unchanged. A picture there has hidden data, such as the place where "
        "it was taken or the name of its owner. Save it without them, or show it in a text, where a new picture is "
        "made from its pixels. The usual colour profiles (sRGB, Display P3, Adobe RGB) of JPEG and PNG files may stay. "
        "The profile of a screen names that screen; on a Mac, Preview can assign sRGB instead. Drawings (SVG) can name "
        "who made them and contain such pictures; films and recordings cannot be checked. List under `cleared` in "
        "site.yaml who may be named, and files that you have checked yourself.",
    ),
    "stray-less-than": Code(
        WARNING,
        "A less-than sign right before a letter begins an HTML tag, and the text up to the next greater-than sign "
        "can vanish. Write &lt; for the sign.",
    ),
    "summer-time": Code(
        WARNING,
        "The embargo gives a difference from UTC that the time zone of the site has at another time of year. By the "
        "clocks there, it would end an hour too early or too late. Most often it was copied from a file that was "
        "written before the clocks changed.",
    ),
    "taken-anchor": Code(
        ERROR,
        "Links to a situation end in its anchor, and each anchor can be on a page only once. The page of an alert has "
        "some anchors of its own, such as `main`, which the link past the menu uses. Choose another one.",
    ),
    "template-error": Code(
        ERROR,
        "A template uses something that the page does not have, or fails while the page is made. `alertgen explain` "
        "with the name of the template, as in `alertgen explain home.html`, lists what it may use.",
    ),
    "template-syntax": Code(
        ERROR,
        "Templates are written in Jinja, a language with its own rules between {{ }} and {% %}, and something there "
        "is not written correctly. The line shown is where Jinja gave up; the mistake may be a little above it.",
    ),
    "text-in-static": Code(
        ERROR,
        "Files in the folder static are published unchanged. A text there does not become a page. Readers could fetch "
        "it with its keys, even if it is a draft or under embargo.",
    ),
    "title-says-twice": Code(
        ADVICE,
        "The series, the number and the date are shown beside every title, in lists, feeds and citations. A title "
        "that repeats them is longer than necessary.",
    ),
    "toll-without-source": Code(
        ADVICE,
        "A figure of people killed, wounded or displaced is only as good as its source. The paragraph neither links a "
        "report nor says who counted.",
    ),
    "todo-left": Code(
        ERROR,
        "The word TODO: marks what is still to be written. It may stand in a draft, but not in a text that is "
        "published.",
    ),
    "too-large": Code(
        ERROR,
        "Text files of more than 1 MB are not read: they are no alerts, and reading them could take very long. Split "
        "the text, and keep pictures in files of their own.",
    ),
    "too-short-name": Code(
        ERROR,
        "Each line of do-not-publish.txt is a name to look for. A name of one or two letters would be found in every "
        "text. Write the name out.",
    ),
    "torn-style": Code(
        WARNING,
        "In a style sheet of the site, a brace has no partner. Browsers silently skip rules that they cannot read, so "
        "part of the page loses its look.",
    ),
    "tracking-parameter": Code(
        WARNING,
        "Parts of the address only report who followed the link and from where, or it leads through a mailing program "
        "or a platform, and may name the person to whom it was sent. That is left out; the link leads to the same "
        "place.",
    ),
    "tracking-picture": Code(
        WARNING,
        "A picture of one pixel tells a mailing service who has opened a text. It is left out of the page.",
    ),
    "translation-mismatch": Code(
        ERROR,
        "Files with the same name are one alert in several languages. So date, number and countries must be the same, "
        "levels and trends must not contradict each other. No translation may appear while the original is under "
        "embargo, nor the original while nothing is public but a translation is under embargo.",
    ),
    "translation-of-draft": Code(
        ADVICE,
        "The text in the first language of the site is a draft, but its translation is published. That is right if "
        "the translation was written first. To take a text down, take down every language of it.",
    ),
    "trend-against-level": Code(
        WARNING,
        "The trend says how a country has fared since the previous alert on it, and so do the two levels. Here they "
        "contradict each other, most often because one of them was copied from an earlier alert.",
    ),
    "twin-files": Code(
        ERROR,
        "Files with the same name are translations of each other, so two of them cannot be in one language. Rename "
        "one of them.",
    ),
    "twin-alerts": Code(
        WARNING,
        "Two files hold an alert of the same day under the same title, so subscribers may get it twice. Programs "
        "that keep folders alike make such copies (`name (1).md`, `name 2.md`, `name - Copy.md`, a conflicted copy). "
        "Delete one.",
    ),
    "twin-id": Code(
        ERROR,
        "Feed readers would take the two for one alert and show only one of them. This happens when a file is copied; "
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
        "Two alerts of one year would have the same address, and one of them would be lost. Give one of them a slug "
        "of its own.",
    ),
    "twin-term": Code(
        ERROR,
        "Two risk tags or levels have the same slug, so nobody could tell which one an alert means.",
    ),
    "uncorrected-translation": Code(
        ADVICE,
        "What was wrong in a text is most often wrong in its translations, too. If a correction is made in one "
        "language only, readers of the others learn nothing of it.",
    ),
    "unclosed-front-matter": Code(
        ERROR,
        'The line "---" below the keys is missing, so nothing tells where the keys end and the text begins.',
    ),
    "unclosed-html": Code(
        ERROR,
        "A tag or comment without its end affects everything after it: text can vanish, or the page can break. Close "
        "it, or write Markdown.",
    ),
    "unknown-country": Code(
        ERROR,
        "A country is given by its ISO 3166 code, its English name or another listed name, spelled exactly. Similar "
        "names are suggested but never accepted: Niger is not Nigeria.",
    ),
    "unknown-key": Code(
        ERROR,
        "Keys must be spelled exactly, so that a mistyped one is never ignored. The reference lists them all.",
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
        "The text refers to a footnote that does not exist, so readers would see the reference as typed. Add the "
        "note, or correct its name.",
    ),
    "unknown-reference": Code(
        ERROR,
        "A link by reference has no address in the text, so readers would see its brackets as typed. Add the line "
        "with the address, or put a backslash in front of brackets that are text.",
    ),
    "unknown-risk-tag": Code(
        ERROR,
        "Risk tags are claims, so they come from a fixed list: four crimes, fourteen UN risk factors, and the tags "
        "of site.yaml. They are spelled exactly as listed.",
    ),
    "unknown-server": Code(
        ERROR,
        "Redirects can be written for nginx and for Apache. Netlify and Cloudflare Pages read `_redirects`, which is "
        "always made. On every other host, small pages at the old addresses lead to the new ones.",
    ),
    "unknown-situation-attribute": Code(
        ERROR,
        "The attributes of a situation are country, theme, level, trend and risk_tags. Any other word is a mistake, "
        "and the situation would be listed in the wrong place.",
    ),
    "unknown-static-file": Code(
        ERROR,
        "Files in the folder static are published unchanged, whether anything links to them or not. alertgen looks "
        "into texts, pictures, fonts, PDF and office files, but cannot tell what another file says about people and "
        "places. Move it elsewhere, or list its path under `cleared` in site.yaml if you know that it may be "
        "published.",
    ),
    "unknown-trend": Code(
        ERROR,
        "A trend is deteriorated, unchanged or improved.",
    ),
    "unread-text": Code(
        WARNING,
        "Alerts are read from the folder `alerts` and standing pages from the folder `pages`, spelled exactly so. A "
        "text anywhere else would silently be missing from the site. Move it there, or rename its folder.",
    ),
    "unread-theme": Code(
        WARNING,
        "Templates are read from the folder `templates`, and what else makes up the theme from the folder `static`, "
        "spelled exactly so. Windows and Macs find such a folder also when it is spelled in other capitals, but most "
        "computers on which sites are built do not. Rename it.",
    ),
    "unreadable-file": Code(
        ERROR,
        "The computer does not let alertgen read the file or the folder. Check its permissions, and whether another "
        "program has it open.",
    ),
    "unreadable-ledger": Code(
        ERROR,
        "published.json remembers every address and feed id ever published. If it cannot be read, it is never "
        "overwritten; put an older copy in its place, from a backup or from Git.",
    ),
    "unsearched-file": Code(
        WARNING,
        "Names from do-not-publish.txt are looked for in PDF and office files, too. But they cannot be found in "
        "pictures, such as scanned pages, or in text for which the file does not say which letters it shows. Look "
        "through such a file yourself, and then list its path under `cleared` in site.yaml.",
    ),
    "unusable-name": Code(
        ERROR,
        "The name of the file contains letters that an old program has not stored as UTF-8, so the file cannot be "
        "shown or linked. Rename it.",
    ),
    "untranslated-line": Code(
        WARNING,
        "In a translation, the title, a heading, a theme, a correction or what is said of the picture was copied from "
        "the original, and is still in its language. Names alone may stay the same.",
    ),
    "untranslated-text": Code(
        WARNING,
        "A translation begins as a copy of its original, and this one still says the same in the same words. It would "
        "be published as a text in the other language, read aloud as such, and sent to its subscribers.",
    ),
    "untranslated-value": Code(
        ADVICE,
        "A value of site.yaml is given in some languages of the site but not in others; their pages then show it in "
        "the first language. A value that is the same in all languages needs none: `publisher: Name`.",
    ),
    "unused-note": Code(
        WARNING,
        "A footnote that the text never refers to is not shown anywhere. Refer to it, or take it out.",
    ),
    "unused-static-file": Code(
        WARNING,
        "Files in the folder static are for the theme, and all of them are published. No template, style, script or "
        "text names this one. Most often somebody put it there by accident. Texts show pictures that lie beside "
        "them; documents belong elsewhere on a web host.",
    ),
    "unused-template": Code(
        WARNING,
        "A file in `templates` replaces the default template of the same name, or another template names it. This "
        "file does neither, so it has no effect. Most often its name is misspelled.",
    ),
    "utf-16": Code(
        ERROR,
        "The file is saved in an encoding that is not read here. Save it again as UTF-8; in Windows Notepad: Save "
        "as, Encoding, UTF-8.",
    ),
    "vague-link-text": Code(
        WARNING,
        "People who listen to a page, or skim it, go from link to link. The words of a link must say where it leads; "
        '"here" does not. Without any words, nobody can see the link.',
    ),
    "vanished-address": Code(
        ERROR,
        "An address that has been published is cited and linked for decades, so it may not disappear. Add it to the "
        "`aliases` of the alert or page that readers should find there; the report prints the line.",
    ),
    "vanished-anchor": Code(
        WARNING,
        "Links to a situation end in its anchor. A situation keeps its published anchor when its heading is reworded, "
        "but this one has lost its heading or its countries. Write the anchor into the braces after the heading that "
        "readers should find, such as `{: #sudan-mass-graves-found country=SD }`. A situation that was taken out is "
        "not missed any more when a correction of the alert says so.",
    ),
    "wiki-link": Code(
        WARNING,
        "Double brackets do not make links here; readers would see them as typed. Write [words](address).",
    ),
    "windows-name": Code(
        WARNING,
        "Windows does not allow names such as CON and NUL, nor some characters. Colleagues with Windows could not "
        "fetch this file, or the folder of a page with this name. Use plain letters, digits and hyphens.",
    ),
    "wrong-address": Code(
        ERROR,
        "A complete address is expected, beginning with https:// or http://.",
    ),
    "wrong-alias": Code(
        ERROR,
        "An alias is an old address within this site: it begins with / and does not name the host. Readers who follow "
        "it are led here. It cannot be the address of a feed, since feed readers would find a page there.",
    ),
    "wrong-country": Code(
        WARNING,
        "An alert was published under a country that it is no longer about. People who follow that country have read "
        "it, and nobody tells them. Write a correction and add `wrong_country: NE` (the wrong country) below its "
        "`text`; the page and the feeds of that country then show the correction. This also appears if a country that "
        "a correction calls wrong is still named.",
    ),
    "wrong-date": Code(
        ERROR,
        "Dates are written year-month-day, as in 2026-11-18, and must exist in the calendar.",
    ),
    "wrong-escape": Code(
        WARNING,
        "Templates escape all text that they insert: readers see it as it was typed, also the signs < and &. An entity "
        "such as &nbsp; between quotation marks is therefore shown as it is. Do not switch this off for what editors "
        "write: a sign < in a title would break the page. The HTML of a text is inserted by prose(…).",
    ),
    "wrong-fence": Code(
        ERROR,
        'Programs that correct as you type turn "---" into a dash. The lines above and below the keys must be three '
        "hyphens and nothing else.",
    ),
    "wrong-id": Code(
        ERROR,
        "A permanent id is a name that nothing else in the world has, such as urn:uuid: with 32 random digits. By it, "
        "feed readers know whether they have seen an alert before. `alertgen new` writes one.",
    ),
    "wrong-language": Code(
        ERROR,
        "A language is given by its code, such as en, fr, ar or pt-BR. It may differ from the code of a country: "
        "Ukrainian is uk, Burmese my.",
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
        "The last part of an address consists of lower-case words joined by hyphens. Addresses never change, so a "
        "short and plain one is best.",
    ),
    "wrong-timezone": Code(
        ERROR,
        "A time zone is given by continent and city, as in Africa/Nairobi, or as UTC. It decides on which day a date "
        "or an embargo is due.",
    ),
    "wrong-type": Code(
        ERROR,
        "There is a list where one value is expected, or a group of keys where a text is expected. The reference "
        "shows the form of each key.",
    ),
    "wrong-value": Code(
        ERROR,
        "Some keys take only `true` or `false`, spelled exactly so. Others take words, and `true` or `false` is not "
        "allowed there.",
    ),
    "yaml-feature": Code(
        ERROR,
        "Keys are written in a language called YAML, in which one can also name and repeat a value, give it a type, "
        "or begin a second document. None of this is needed here, and it hides what is published. Write every value "
        "out.",
    ),
    "yaml-syntax": Code(
        ERROR,
        "The line does not have the form `key: value`. Most often a text contains a colon followed by a space, or "
        "begins with a special character. Quotation marks around the whole text solve both.",
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
