-- What a user does with a model file in Neovim; what is seen of it goes to shown.json.
local shown = {}
local project = vim.fn.getcwd()

local function wait(what, ready)
  if not vim.wait(180000, ready, 20) then error("waited too long for " .. what) end
end

local function text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n") .. "\n"
end

-- Puts the cursor on the last character of a text.
local function go(wanted)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  vim.fn.search("\\V" .. wanted, "ceW")
end

local function use()
  vim.cmd("cd /")
  vim.cmd("edit " .. project .. "/main.layers")
  wait("diagnostics", function() return #vim.diagnostic.get(0) > 0 end)
  shown.diagnostics = vim.tbl_map(function(found)
    local line = vim.api.nvim_buf_get_lines(0, found.lnum, found.lnum + 1, false)[1]
    return { line = found.lnum + 1, text = line:sub(found.col + 1, found.end_col), message = found.message }
  end, vim.diagnostic.get(0))

  go("head: Den")
  vim.lsp.buf.hover()
  local float
  wait("the hover", function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= "" then float = window end
    end
    return float ~= nil
  end)
  shown.hover = text(vim.api.nvim_win_get_buf(float))
  vim.api.nvim_win_close(float, true)

  go("Dence(2)")
  vim.cmd("normal! 0C  Den")
  local params = vim.lsp.util.make_position_params()
  params.position.character = params.position.character + 1
  for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/completion", params, 180000)) do
    local items = vim.lsp.util.text_document_completion_list_to_complete_items(answer.result, "Den")
    shown.completions = vim.tbl_map(function(item) return item.word end, items)
  end
  vim.cmd("normal! 0C  Dense(2)")

  go("  Half")
  vim.lsp.buf.rename("Narrow")
  wait("the rename", function() return text(0):find("  Narrow", 1, true) end)
  shown.renamed = text(0)
  shown.other = text(vim.fn.bufnr("blocks.layers"))

  vim.lsp.buf.formatting_sync(nil, 180000)
  shown.formatted = text(0)

  -- Colours, and a server that ended is started again.
  local function face(wanted)
    go(wanted)
    return vim.fn.synIDattr(vim.fn.synID(vim.fn.line("."), vim.fn.col("."), 1), "name")
  end
  shown.colours = { face("import"), face("head"), face("Dense"), face("8") }
  local first = vim.lsp.get_active_clients()[1]
  first.stop(true)
  wait("the end of the server", function() return #vim.lsp.get_active_clients() == 0 end)
  vim.cmd("edit!")
  wait("another server", function()
    local clients = vim.lsp.get_active_clients()
    return #clients == 1 and clients[1].id ~= first.id
  end)
  shown.root = vim.fn.fnamemodify(vim.lsp.get_active_clients()[1].config.root_dir, ":t") == vim.fn.fnamemodify(project, ":t")
  vim.fn.writefile({ vim.fn.json_encode(shown) }, project .. "/shown.json")
end

local done, problem = pcall(use)
if not done then io.stderr:write(problem .. "\n") end
vim.cmd(done and "qall!" or "cquit!")
