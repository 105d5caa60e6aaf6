"""Puts the tag of `embed.js` into every page: `extra_javascript` knows no attributes of one's own, and it needs `data-upgrade`."""

TAG = '<script type="module" src="{embed}" data-upgrade></script>'


def on_post_page(output, **_):
    return output.replace("</head>", f"{TAG}</head>")
