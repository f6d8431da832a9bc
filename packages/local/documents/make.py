#!/usr/bin/env python3
"""Makes the demonstration's documents from the offices' texts in seed/: real .docx, .doc, .pdf, .xlsx, scans, text.

Run once by hand (pip: python-docx, openpyxl, pillow, numpy; Debian: libreoffice-writer, poppler-utils, fonts-noto-cjk; Node 24);
what it makes is committed in made/, so that nothing of this is needed to run the product.
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import Workbook
from PIL import Image

here = Path(__file__).parent
made = here / "made"
work = Path("/tmp/gongkai-documents")
shutil.rmtree(work, ignore_errors=True)
work.mkdir()
shutil.rmtree(made, ignore_errors=True)
made.mkdir()


def text_of(number):
    (path,) = here.glob(f"seed/{number:02d}-*.txt")
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def run_font(run, name, size, bold=False):
    run.font.name = name
    run.font.size = Pt(size)
    run.bold = bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def docx(number, title, path):
    """A page as offices set it: GB/T 9704 margins, 小标宋 title, 仿宋 body, 黑体 and 楷体 headings."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run_font(heading.add_run(title), "方正小标宋简体", 22)
    for line in text_of(number):
        if line in title or title in line:
            continue
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(32)
        paragraph.paragraph_format.line_spacing = Pt(28)
        if re.match(r"^[一二三四五六七八九十]+、", line) and len(line) < 40:
            run_font(paragraph.add_run(line), "黑体", 16)
        elif re.match(r"^[((][一二三四五六七八九十]+[))]", line) and len(line) < 40:
            run_font(paragraph.add_run(line), "楷体_GB2312", 16)
        else:
            run_font(paragraph.add_run(line), "仿宋_GB2312", 16)
    document.core_properties.author = "经办人"
    document.core_properties.title = title
    document.save(path)


def convert(path, kind, folder):
    subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", folder, path], check=True, stdout=subprocess.DEVNULL)


def scan(number, title, path):
    """What comes from the copier: grey, slightly crooked, a little noise, 150 dpi."""
    source = work / f"{number}.docx"
    docx(number, title, source)
    convert(source, "pdf", work)
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", "-f", "1", "-l", "1", work / f"{number}.pdf", work / f"{number}"], check=True)
    (page,) = sorted(work.glob(f"{number}-*.png"))[:1]
    image = Image.open(page).convert("L").rotate(0.4, fillcolor=255, resample=Image.BICUBIC)
    pixels = np.asarray(image).astype(int) + np.random.default_rng(number).normal(0, 4, image.size[::-1]).astype(int)
    grey = (np.clip(pixels, 0, 255) // 16 * 16).astype("uint8")
    Image.fromarray(grey).save(path, dpi=(150, 150), optimize=True)


def schedule(path):
    """The 36 items of 白水区城建稽查局's disclosure schedule (seed 3), as the table that an office would keep."""
    book = Workbook()
    sheet = book.active
    sheet.title = "公开事项任务分解"
    sheet.append(["部门", "序号", "公开事项与时限、方式"])
    department = ""
    for line in text_of(3):
        for part in re.split(r"\s(?=\(\d+\)|\d\.)", line):
            found = re.match(r"^(?:\(一\)任务分解\s*)?(\d)\.(.+?部门)(?:公开事项)?$", part)
            if found:
                department = found.group(2)
            item = re.match(r"^\((\d+)\)(.+)$", part)
            if item and department:
                sheet.append([department, int(item.group(1)), item.group(2)])
        if line.startswith("(二)政务公开的形式"):
            break
    for column, width in zip("ABC", (18, 8, 90)):
        sheet.column_dimensions[column].width = width
    book.save(path)


def plain(number, name):
    (path,) = here.glob(f"seed/{number:02d}-*.txt")
    shutil.copy(path, made / name)


docx(2, "三村镇政务公开实施方案", made / "02 三村镇政务公开实施方案.docx")
docx(3, "白水区城建稽查局政务公开实施办法", made / "03 白水区城建稽查局政务公开实施办法.docx")
docx(8, "2010年党务政务公开方案", made / "08 党务政务公开方案.docx")
docx(13, "政府机关政务公开和政府信息公开制度", made / "13 政务公开和政府信息公开制度.docx")
docx(15, "政务公开工作经验材料汇编", made / "15 政务公开工作经验材料.docx")
docx(19, "落实政务公开情况汇报", made / "19 幼儿园落实政务公开情况汇报.docx")
docx(11, "锦州市“205医院杯”政务公开知识有奖答题试卷", made / "11 政务公开知识有奖答题试卷.docx")
for number, title, name in [
    (4, "大德乡“政务公开日”活动总结", "04 大德乡政务公开日活动总结"),
    (5, "“5.15政务公开日”活动总结", "05 渔政政务公开日活动总结"),
    (10, "乡“5•15政务公开日”工作总结", "10 乡政务公开日工作总结"),
]:
    docx(number, title, work / f"{name}.docx")
    convert(work / f"{name}.docx", "doc", made)
for number, title, name in [
    (1, "推进政务公开，优化营商环境", "01 区第二中医院政务公开日信息"),
    (6, "本溪县“5·15”政务公开日活动总结", "06 本溪县政务公开日活动总结"),
    (9, "朝阳县环保局2012年政务公开工作总结", "09 环保局政务公开工作总结"),
    (17, "政务公开—打造阳光政府", "17 打造阳光政府"),
]:
    docx(number, title, work / f"{name}.docx")
    subprocess.run(["node", here / "to-pdf.ts", work / f"{name}.docx", made / f"{name}.pdf"], check=True)
schedule(made / "03 附件 公开事项任务分解表.xlsx")
scan(7, "本溪市司法局开展“政务公开日”活动总结", made / "07 本溪市司法局活动总结（扫描件）.png")
scan(14, "学区领导分工", made / "14 学区领导分工（扫描件）.png")
scan(18, "政务公开重点访谈", made / "18 政务公开访谈（扫描件）.png")
plain(12, "12 政务公开背景材料.txt")
plain(16, "16 寒假生活调查报告.txt")
(gb,) = here.glob("seed/20-*.txt")
(made / "20 政务公开与公信力（GB18030）.txt").write_bytes(gb.read_text(encoding="utf-8").encode("gb18030"))
print("\n".join(f"{path.stat().st_size:>9}  {path.name}" for path in sorted(made.iterdir())), file=sys.stderr)


def table_document(title, opening, header, rows, closing, path, mark=None):
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    if mark:
        run_font(document.add_paragraph().add_run(mark), "黑体", 16)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run_font(heading.add_run(title), "方正小标宋简体", 22)
    for line in opening:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(32)
        run_font(paragraph.add_run(line), "仿宋_GB2312", 16)
    if rows:
        table = document.add_table(rows=1, cols=len(header), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, header):
            run_font(cell.paragraphs[0].add_run(text), "黑体", 10.5)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row):
                run_font(cell.paragraphs[0].add_run(text), "仿宋_GB2312", 10.5)
    for line in closing:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run_font(paragraph.add_run(line), "仿宋_GB2312", 16)
    document.core_properties.author = "经办人"
    document.core_properties.title = title
    document.save(path)


def invented_id(area, born, order):
    """An invented resident ID with a check digit that holds (GB 11643), so that the detector has something to find."""
    digits = f"{area}{born}{order:03d}"
    return digits + "10X98765432"[sum(int(d) * (2 ** (17 - i)) for i, d in enumerate(digits)) % 11]


people = [
    ("甲某某", invented_id("210521", "19510312", 101), "13900000001", "示例村一组 12 号", "1200 元"),
    ("乙某某", invented_id("210521", "19480917", 118), "13900000002", "示例村二组 3 号", "1500 元"),
    ("丙某某", invented_id("210521", "19630105", 204), "13900000003", "示例村五组 27 号", "1000 元"),
]
table_document(
    "关于2026年第三批临时救助对象的公示",
    ["政办公示〔2026〕3号", "经本人申请、村级初审、乡镇审核，拟将下列人员纳入临时救助，现予公示。公示期7天，监督电话：2976300。（人员为虚构，仅供演示。）"],
    ("姓名", "身份证号", "联系电话", "住址", "救助金额"),
    people,
    ["示例镇人民政府", "2026年11月20日"],
    made / "21 临时救助对象公示（虚构人员）.docx",
)
table_document(
    "关于某项工作的通知",
    ["本文虚构，只用来演示：带有国家秘密标志的文件，系统拒收并销毁内容。"],
    (),
    (),
    ["示例单位", "2026年11月20日"],
    made / "22 带密级标志的文件（虚构，演示拒收）.docx",
    mark="机密★5年",
)
