-- Load on one node: a login token for one of many users, again and again. Counts what comes back, and keeps the first
-- answer that the contract has no place for: while nodes and database are killed, that is all but 200 and ER999.
local users = tonumber(os.getenv("SOAK_USERS"))
local key = os.getenv("SOAK_API_KEY")
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init()
  issued, failed, foreign, sample = 0, 0, 0, ""
  math.randomseed(os.time())
end

function request()
  return wrk.format("GET", "/api/v1/user/login-token", {
    ["X-Api-Key"] = key,
    ["User-Identifier"] = string.format("%040d", math.random(0, users - 1)),
  })
end

function response(status, headers, body)
  local token = body:match('^{"uuid":"[0-9a-f-]+","token":"([A-Za-z0-9_-]+)","expiryDate":"[0-9TZ:-]+"}$')
  if status == 200 and token and #token == 64 then
    issued = issued + 1
  elseif (status == 500 or status == 503) and body:find('^{"errors":{"ER999":{"code":"ER999",') then
    failed = failed + 1
  else
    foreign = foreign + 1
    if sample == "" then
      sample = status .. " " .. body
    end
  end
end

function done()
  local sums = { issued = 0, failed = 0, foreign = 0 }
  local first = ""
  for _, thread in ipairs(threads) do
    for name in pairs(sums) do
      sums[name] = sums[name] + thread:get(name)
    end
    if first == "" then
      first = thread:get("sample")
    end
  end
  print(string.format("load issued=%d failed=%d foreign=%d %s", sums.issued, sums.failed, sums.foreign, first))
end
