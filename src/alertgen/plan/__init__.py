"""Site -> Plan: what will exist, decided before anything is made. Pure: the same site gives the same plan.

The order of reading:

- `planners`, the table of all planners, and `gather`, which makes the `bulletin` that they all get;
- what pages have in common: `language`, `chrome`, `views`, `pages`, `head`, `jsonld`, `links`;
- what several planners count and draw: `history` (of a country), `weeks`, `current` (levels and the map);
- one planner of pages, such as `home` or `countries`, then `alerts`;
- feeds: `feeds`, `feed_items`, `moments`;
- the open data: `exports`, with its rows in `dataset_rows` and its columns in `dataset`, `dataset_situations`,
  `dataset_parts` and `geography`; `columns` says what a column is;
- files beside the pages: `images`, `cards`, `statics`, `citations`, `reliefweb`, `search`, `sitemap`, `redirects`,
  `policy`.
"""
