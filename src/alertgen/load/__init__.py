"""From the files of a site folder to a `Site`: `site.load_site` is the whole stage, told in order.

The order of reading:

- `site`, the whole, and `folder`, what lies in it: `files`, `contents`, `content_files`, `theme`, `site_finding`;
- one text: `documents` (what a file is and says) and `reading` (how it is read), with `yaml/` and `keys/` for its
  header and `markdown/` for its body; `shared_reading` reads many, in several processes;
- what becomes of it: `rereading` makes alerts (`alerts`, `situations`, `terms`) and pages (`pages`), or takes them as
  they are remembered (`retelling`);
- texts beside each other: `siblings` (with `twins`, `translations`), `held`, `days`; what the ledger knows of them:
  `ledger`, `anchors`, `corrections`;
- what is looked for: `lints/` in texts, `people/` wherever people are endangered, `papers/` in PDF and office files,
  `template_slips` and `fetched` in the theme.

Importing the package imports none of its modules, since an edit of a few words needs few of them.
"""
