"""Settings of Pelican's site."""

SITENAME = "Corpus Alert"
SITEURL = FEED_DOMAIN = "https://corpus.example"
AUTHOR = "Desk"
TIMEZONE = "UTC"
THEME = "theme"
OUTPUT_PATH = "output"
ARTICLE_URL, ARTICLE_SAVE_AS = "alerts/{slug}/", "alerts/{slug}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "countries/{slug}/", "countries/{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "risks/{slug}/", "risks/{slug}/index.html"
DIRECT_TEMPLATES = ("index", "archives", "categories", "tags", "sitemap")
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"index": None}
DEFAULT_PAGINATION = 20
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = ""
FEED_ALL_RSS = "feed.xml"
CATEGORY_FEED_RSS = "countries/{slug}/feed.xml"
TAG_FEED_RSS = "risks/{slug}/feed.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.footnotes": {},
        "markdown.extensions.tables": {},
        "markdown.extensions.attr_list": {},
        "markdown.extensions.abbr": {},
        "markdown.extensions.smarty": {},
    },
    "output_format": "html5",
}
