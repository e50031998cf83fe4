"""A service as data in a real browser: the block for search engines is data, never a script that the policy stops."""

import json


def test_the_block_of_data_breaks_no_rule(site, browser):
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{site.address}/dich-vu-cong/danh-sach")
    links = page.locator("a[href^='/thu-tuc/']")
    assert links.count() > 0
    page.goto(site.address + (links.first.get_attribute("href") or ""))
    block = page.locator("script[type='application/ld+json']")
    assert json.loads(block.text_content() or "")["@type"] == "GovernmentService"
    assert said == []
    page.close()
