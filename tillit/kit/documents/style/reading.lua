-- A Word document as plain prose, its headings marked: what our Markdown has no words for is told in others,
-- and counted. The sign of the marks is made up for each reading, so that no text can hold it.

local sign = ""
local counts = { pictures = 0, tables = 0, notes = 0, bold_lines = 0 }
local LONGEST = 90 -- letters of a line that may be a heading

local function raw(text)
  return pandoc.RawInline("commonmark", text)
end

local function count(what)
  counts[what] = counts[what] + 1
end

local function plain(blocks)
  return pandoc.utils.blocks_to_inlines(blocks, { pandoc.Str(";"), pandoc.Space() })
end

local function content_of(it)
  return it.content
end

local prose = {
  Image = function()
    count("pictures")
    return {}
  end,
  Figure = content_of,
  Note = function(note)
    count("notes")
    local inner = { pandoc.Space(), pandoc.Str("(") }
    for _, it in ipairs(plain(note.content)) do
      table.insert(inner, it)
    end
    table.insert(inner, pandoc.Str(")"))
    return inner
  end,
  Math = function(math)
    return pandoc.Str(math.text)
  end,
  RawInline = function()
    return {}
  end,
  RawBlock = function()
    return {}
  end,
  Span = content_of,
  Div = content_of,
  Underline = content_of,
  Strikeout = content_of,
  Superscript = content_of,
  Subscript = content_of,
  SmallCaps = content_of,
  Link = function(link)
    if link.target:match("^https?://") or link.target:match("^mailto:") then
      return pandoc.Link(link.content, link.target)
    end
    return link.content
  end,
  DefinitionList = function(list)
    local blocks = {}
    for _, item in ipairs(list.content) do
      table.insert(blocks, pandoc.Para({ pandoc.Strong(item[1]) }))
      for _, meant in ipairs(item[2]) do
        for _, block in ipairs(meant) do
          table.insert(blocks, block)
        end
      end
    end
    return blocks
  end,
}

-- Each row as an item: its cells after each other.
local tables = {
  Table = function(it)
    count("tables")
    local items = {}
    local function take(rows)
      for _, row in ipairs(rows) do
        local cells = {}
        for _, cell in ipairs(row.cells) do
          local words = plain(cell.contents)
          if #words > 0 then
            if #cells > 0 then
              table.insert(cells, pandoc.Str(" – "))
            end
            for _, word in ipairs(words) do
              table.insert(cells, word)
            end
          end
        end
        if #cells > 0 then
          table.insert(items, { pandoc.Plain(cells) })
        end
      end
    end
    take(it.head.rows)
    for _, body in ipairs(it.bodies) do
      take(body.head)
      take(body.body)
    end
    take(it.foot.rows)
    return #items > 0 and pandoc.BulletList(items) or {}
  end,
}

local function is_bold(para)
  return #para.content == 1 and para.content[1].t == "Strong" and #pandoc.utils.stringify(para) <= LONGEST
end

local function marked(kind, text)
  return pandoc.Para({ raw(sign .. kind .. " " .. text) })
end

local function on_one_line(it)
  return (pandoc.utils.stringify(it):gsub("%s+", " "))
end

local function whole(doc)
  local blocks = {}
  for _, block in ipairs(doc.blocks) do
    if block.t == "Header" then
      block = marked("H" .. block.level, on_one_line(block))
    elseif block.t == "Para" and is_bold(block) then
      count("bold_lines")
    end
    table.insert(blocks, block)
  end
  for what, number in pairs(counts) do
    table.insert(blocks, marked("N", what .. " " .. number))
  end
  if doc.meta.title then
    table.insert(blocks, marked("T", on_one_line(doc.meta.title)))
  end
  return pandoc.Pandoc(blocks, doc.meta)
end

return {
  { Meta = function(meta)
    sign = pandoc.utils.stringify(meta.sign)
  end },
  prose,
  tables,
  { Pandoc = whole },
}
