"""Makes GongkaiKai-Regular.ttf out of LXGW WenKai (SIL OFL 1.1). See README.md for where the two inputs come from.

    python3 make-kai.py LXGWWenKai-Regular.ttf Unihan_OtherMappings.txt GongkaiKai-Regular.ttf

Keeps GB2312, the 8,105 characters of 通用规范汉字表 (Unihan kTGH: every character that a person's name or a
place may be registered with today), ASCII, Latin and the punctuation of offices. All of GBK would be 12.8 MB;
what is left out is traditional and rare forms, which fall back to 宋.
A subset is a Modified Version, so OFL clause 3 forbids the reserved names "霞鹜" and "LXGW": it is renamed.
"""
import re
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

source, unihan, target = sys.argv[1:4]


def gb2312():
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                yield ord(bytes([lead, trail]).decode("gb2312"))
            except UnicodeDecodeError:
                continue


with open(unihan, encoding="utf-8") as lines:
    standard = {int(m[1], 16) for m in (re.match(r"U\+([0-9A-F]+)\tkTGH\t", line) for line in lines) if m}
assert len(standard) == 8105, len(standard)
wanted = standard | set(gb2312())
unicodes = wanted | set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | set(range(0x2000, 0x2070))
unicodes |= set(range(0x2460, 0x2500)) | set(range(0x3000, 0x3040)) | set(range(0xFF00, 0xFFF0))

options = subset.Options()
options.hinting = False
options.layout_features = ["kern", "vert", "vrt2"]
options.name_IDs = [0, 5, 13, 14]
options.notdef_outline = True
options.drop_tables += ["DSIG", "meta", "gasp"]
font = subset.load_font(source, options)
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=unicodes)
subsetter.subset(font)

table = font["name"]
table.names = [record for record in table.names if record.platformID == 3 and record.langID == 0x409]
names = {1: "Gongkai Kai", 2: "Regular", 3: "Gongkai Kai Regular", 4: "Gongkai Kai Regular", 6: "GongkaiKai-Regular"}
for name_id, text in names.items():
    table.setName(text, name_id, 3, 1, 0x409)
font.save(target)

cmap = TTFont(target).getBestCmap()
missing = sorted(wanted - set(cmap))
print(f"{len(cmap)} characters; not in the source font: {[chr(c) for c in missing]}")
