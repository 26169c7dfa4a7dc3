"""Signs in and makes a token of the whole committee on its page, as a person does.

python3 scripts/api_token.py ADDRESS LOGIN PASSWORD prints the token, and the ids of a campaign and
of one of its units, as the interface tells them.
"""

import json
import re
import sys
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

address, login, password = sys.argv[1:]
browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))


def get(path):
    return browser.open(address + path, timeout=30).read().decode()


def form(page):
    return re.search(r'name="csrf" value="([^"]+)"', page).group(1)


def post(path, page, **fields):
    body = urllib.parse.urlencode({"csrf": form(page), **fields}).encode()
    return browser.open(address + path, body, timeout=30).read().decode()


for _ in range(600):
    try:
        page = get("/login")
        break
    except OSError:
        time.sleep(0.2)
home = post("/login", page, login=login, password=password)
tokens = re.search(r'href="(/o/[^"]+/tokens)"', home)
if tokens is None:
    campaign = re.search(r'href="(/c/[^"/]+)', home).group(1)
    tokens = re.search(r'href="(/o/[^"]+/tokens)"', get(campaign))
path = tokens.group(1)
page = get(path)
# The demonstration stands in 2015; the form proposes a day of its own.
last_day = re.search(r'name="last_day" type="date" value="([^"]+)"', page).group(1)
made = post(path, page, name="接口测试", last_day=last_day)
token = re.search(r'id="token">([0-9a-f]+)<', made).group(1)


def ask(path):
    request = urllib.request.Request(address + path, headers={"Authorization": f"Bearer {token}"})
    return json.load(urllib.request.urlopen(request, timeout=30))["items"]


campaign = ask("/api/v1/campaigns")[0]["id"]
unit = ask(f"/api/v1/campaigns/{campaign}/units")[0]["id"]
print(token, campaign, unit)
