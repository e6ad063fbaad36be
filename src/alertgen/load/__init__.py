"""From the files of a site folder to a `Site`: `site.load_site` is the whole stage, told in order.

The order of reading:

- `site`, the whole, and `folder`, what lies in it: the files (`disk/`), `site.yaml` (`settings/`), the terms that texts
  may use (`vocabulary/`), templates and static files (`theme/`), and the `ledger`;
- one text: `documents` (what a file is and says) and `reading` (how it is read), with `yaml/` and `keys/` for its
  header and `markdown/` for its body;
- what becomes of it: an alert or a page (`texts/`), made anew or as it is remembered (`remembered/`);
- what texts say beside each other, such as their `figures`, and which of them are held back: `together/`;
- what is looked for: `lints/` in texts, `people/` wherever people are endangered, `papers/` in PDF and office files;
- for whoever needs a part of it: `outside` (links to other sites), `series` (what the next alert has to fit into).

Importing the package imports none of its modules, since an edit of a few words needs few of them.
"""
