#!/usr/bin/env bash
# Every form, in every format, opened by the program the office uses: LibreOffice must turn each
# docx and xlsx into a PDF whose text holds what ours holds, and ours must have no empty page.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d /tmp/pingyi-papers.XXXXXX)
trap 'rm -rf "$folder"' EXIT

cargo run --locked --quiet -p pingyi-documents --example samples -- "$folder/ours"

for kind in docx xlsx; do
  soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf \
    --outdir "$folder/$kind" "$folder"/ours/*."$kind" >/dev/null 2>&1
done

# Poppler complains about a flag of PDF/A that it does not know; the text is what matters here.
letters() { pdftotext "$1" - 2>/dev/null | tr -d '[:space:]'; }
failed=0
say() { echo "papers: $1" >&2; failed=1; }

for ours in "$folder"/ours/*.pdf; do
  name=$(basename "$ours" .pdf)
  pages=$(pdfinfo "$ours" 2>/dev/null | sed -n 's/^Pages: *//p')
  for page in $(seq "$pages"); do
    [ -n "$(pdftotext -f "$page" -l "$page" "$ours" - 2>/dev/null | tr -d '[:space:]')" ] || say "$name.pdf: page $page is empty"
  done
  [ -n "$(letters "$ours")" ] || say "$name.pdf has no text"
  for kind in docx xlsx; do
    theirs="$folder/$kind/$name.pdf"
    if [ ! -s "$theirs" ]; then say "LibreOffice does not open $name.$kind"; continue; fi
    count=$(letters "$theirs" | wc -m)
    mine=$(letters "$ours" | wc -m)
    # Page numbers and repeated headings differ between programs; the body must be there.
    [ "$((count * 100))" -ge "$((mine * 80))" ] || say "$name.$kind: $count of $mine characters in LibreOffice"
  done
done

[ "$failed" = 0 ] && echo "papers: $(ls "$folder"/ours | wc -l) files opened in LibreOffice"
exit "$failed"
