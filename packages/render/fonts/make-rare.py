"""Makes GongkaiRare out of Noto Serif JP and Noto Serif HK (SIL OFL 1.1). See README.md for the inputs.

    python3 make-rare.py NotoSerifSC_400Regular.ttf NotoSerifJP_400Regular.ttf NotoSerifHK_400Regular.ttf Regular
    python3 make-rare.py NotoSerifSC_700Bold.ttf NotoSerifJP_700Bold.ttf NotoSerifHK_700Bold.ttf Bold

Keeps the Han characters that Noto Serif SC does not have: 𠮷 and 2,300 more that stand in names of people and places.
The three are one design, so that a rare character does not stand out in its line. Where both have it, HK's form is taken.
"""
import sys
import tempfile

from fontTools import merge, subset
from fontTools.ttLib import TTFont

base, japan, hongkong, style = sys.argv[1:5]
target = f"GongkaiRare-{style}.ttf"


def characters(path):
    return set(TTFont(path, lazy=True).getBestCmap())


def han(code):
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF


def part(path, unicodes):
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["vert", "vrt2"]
    options.name_IDs = [0, 5, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["DSIG", "meta", "gasp", "STAT", "GSUB", "GPOS", "GDEF", "BASE", "VORG"]
    font = subset.load_font(path, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    kept = tempfile.NamedTemporaryFile(suffix=".ttf")
    font.save(kept.name)
    return kept


known = characters(base)
from_hongkong = {code for code in characters(hongkong) - known if han(code)}
from_japan = {code for code in characters(japan) - known - from_hongkong if han(code)}
parts = [part(hongkong, from_hongkong), part(japan, from_japan)]
font = merge.Merger().merge([kept.name for kept in parts])

table = font["name"]
table.names = [record for record in table.names if record.platformID == 3 and record.langID == 0x409]
full = f"Gongkai Rare {style}"
names = {1: "Gongkai Rare", 2: style, 3: full, 4: full, 6: f"GongkaiRare-{style}"}
for name_id, text in names.items():
    table.setName(text, name_id, 3, 1, 0x409)
# The same input gives the same bytes.
font["head"].created = font["head"].modified = 3786912000
font.recalcTimestamp = False
font.save(target)
print(f"{len(from_hongkong)} characters from HK, {len(from_japan)} from JP, {len(TTFont(target).getBestCmap())} together")
