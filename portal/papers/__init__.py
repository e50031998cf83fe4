"""Papers (văn bản giấy, tệp): from the file that somebody has to its text and structure, whatever the format.

    paper = papers.read(path, "249-TB-VPCP.docx")       # in a separate, limited process
    for member in papers.members(path, "lo-van-ban.zip", into=folder): …

Stands on `files` (which kind is it really, is it safe) and `text`. Knows nothing of notices, database or request.
"""
