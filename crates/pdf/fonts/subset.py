"""Makes the fonts in this folder from the Debian packages fonts-noto-cjk and texlive-lang-chinese.

Run: pip install fonttools && python3 subset.py. Needed only when the character set changes.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

NOTO = Path("/usr/share/fonts/opentype/noto")
FANDOL = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
HERE = Path(__file__).parent

# Position of the Simplified Chinese face in the Noto collections.
SIMPLIFIED = 2


def gb2312():
    """Characters of GB 2312, Latin letters and the signs forms use."""
    codes = set(range(0x20, 0x7F))
    for high in range(0xA1, 0xFE):
        for low in range(0xA1, 0xFF):
            try:
                codes.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    # GB 2312 maps its dash and dot to other code points than Chinese keyboards type.
    return codes | {ord(sign) for sign in "—·…〇①②③④⑤⑥⑦⑧⑨⑩〔〕★√×□镕喆玥珺芃婳赟昇堃甯翀旻曌垚淼犇骉璟琇炘烜煊钰湉"}


def wide(font, covered):
    """All ideographs and signs of the font without Hangul, less those the FangSong has: this font stands behind it."""
    codes = set(font.getBestCmap()) - covered
    return gb2312_latin() | {code for code in codes if not 0x1100 <= code <= 0x11FF and not 0x3130 <= code <= 0x318F
            and not 0xA960 <= code <= 0xD7FF and not 0xFFA0 <= code <= 0xFFDC}


def gb2312_latin():
    return set(range(0x20, 0x7F)) | {0x2014}


def rename(font, family):
    """Gives the font a family of its own: Typst picks one face of a family and never falls back to its sister."""
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = family
        elif record.nameID == 4:
            record.string = family
        elif record.nameID == 6:
            record.string = family.replace(" ", "")


def write(font, codes, name):
    options = subset.Options()
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    # Vertical forms and alternates for other languages are not used; kerning and half-width forms neither.
    options.layout_features = ["ccmp", "locl"]
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx"]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)
    target = HERE / name
    font.save(target)
    print(f"{name}: {target.stat().st_size / 1e6:.1f} MB, {len(font.getBestCmap())} characters")


def noto(file, family):
    font = TTCollection(NOTO / file).fonts[SIMPLIFIED]
    rename(font, family)
    return font


def main():
    fang = TTFont(FANDOL / "FandolFang-Regular.otf")
    covered = set(fang.getBestCmap())
    write(fang, covered, "FandolFang-Regular.otf")
    write(TTFont(FANDOL / "FandolKai-Regular.otf"), gb2312(), "FandolKai-Regular.otf")
    serif = noto("NotoSerifCJK-Regular.ttc", "Pingyi Song")
    write(serif, wide(serif, covered), "NotoSerifCJKsc-Regular.otf")
    write(noto("NotoSerifCJK-Bold.ttc", "Pingyi Title"), gb2312(), "NotoSerifCJKsc-Bold.otf")
    write(noto("NotoSansCJK-Bold.ttc", "Pingyi Hei"), gb2312(), "NotoSansCJKsc-Bold.otf")


if __name__ == "__main__":
    main()
