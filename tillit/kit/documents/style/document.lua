-- What pandoc drops, or would do otherwise: alternative text, tones of sides, links that lead nowhere.
-- Pictures lie beside the document: SVG for typst, PNG of the same name for DOCX and ODT.

local is_typst = FORMAT == "typst"
local STYLES = { civil = "Civil", public = "Public", joint = "Joint", note = "Note", small = "Small" }

local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"'
end

local function typst(text)
  return pandoc.RawBlock("typst", text)
end

local SHORT = 8 -- rows of a table that stays on one page
local own = "" -- the language of the document

local function Meta(meta)
  own = pandoc.utils.stringify(meta.lang or "")
end

local function Image(image)
  local alt = pandoc.utils.stringify(image.caption)
  if alt == "" then
    error("A picture has no alternative text: " .. image.src)
  end
  if is_typst then
    return pandoc.RawInline("typst", "#image(" .. quoted(image.src) .. ", alt: " .. quoted(alt) .. ", width: 100%)")
  end
  local name = image.src:gsub("%.svg$", ".png")
  local file = assert(io.open(name, "rb"))
  pandoc.mediabag.insert(name, "image/png", file:read("a"))
  file:close()
  return pandoc.Image(image.caption, name, image.title, { width = "16cm" })
end

-- The title stands in the metadata, and every format sets it in its own way; the rest moves up.
local function Header(header)
  if header.level == 1 then
    return {}
  end
  local lang = header.attributes.lang
  local content = lang and lang ~= own and { pandoc.Span(header.content, { lang = lang }) } or header.content
  return pandoc.Header(header.level - 1, content)
end

-- What somebody wrote may lead out of the document, never to a place within it that may not be there.
local function Link(link)
  if link.target:match("^https?://") or link.target:match("^mailto:") then
    return pandoc.Link(link.content, link.target)
  end
  return link.content
end

local function Table(it)
  it.identifier = ""
  local even, count = it.classes:includes("even"), #it.colspecs
  for place, spec in ipairs(it.colspecs) do
    local align = spec[1] == pandoc.AlignDefault and pandoc.AlignLeft or spec[1]
    it.colspecs[place] = { align, even and 1 / count or spec[2] }
  end
  local rows = 0
  for _, body in ipairs(it.bodies) do
    rows = rows + #body.body
  end
  if is_typst and rows <= SHORT then
    return { typst("#block(breakable: false)["), it, typst("]") }
  end
  return it
end

-- What pandoc writes for a language swallows the first item of a list, so it is written here.
local function in_language(div)
  local lang = div.attributes.lang
  div.attributes.lang = nil
  if lang and lang ~= own then
    return { typst("#[#set text(lang: " .. quoted(lang) .. ")\n\n"), div, typst("]") }
  end
  return div
end

local function Div(div)
  div.identifier = ""
  for _, class in ipairs(div.classes) do
    if class == "front" and is_typst then
      return { typst("#front["), div, typst("]") }
    elseif STYLES[class] and is_typst then
      return { typst("#" .. class .. "["), div, typst("]") }
    elseif STYLES[class] then
      div.attributes["custom-style"] = STYLES[class]
      return div
    end
  end
  return is_typst and in_language(div) or div
end

local function Span(span)
  span.identifier = ""
  return span
end

return { { Meta = Meta }, { Image = Image, Header = Header, Link = Link, Table = Table, Div = Div, Span = Span } }
