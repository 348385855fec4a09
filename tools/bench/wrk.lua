-- Sends the requests of a file one after the other and says at the end, as one line of JSON, how it went.
-- Arguments: file, and the request to begin with. In the file: one request a line as `METHOD path`, then for a POST a
-- tab, its cookie, a tab and its body.

local requests, at = {}, 0

local function split(line)
  local parts = {}
  for part in (line .. "\t"):gmatch("(.-)\t") do parts[#parts + 1] = part end
  return parts
end

function init(args)
  for line in io.lines(args[1]) do
    local parts = split(line)
    local method, path = parts[1]:match("^(%S+) (.*)$")
    local headers = { ["Accept-Encoding"] = "br, gzip", ["Sec-Fetch-Site"] = "same-origin" }
    if parts[2] and parts[2] ~= "" then headers["Cookie"] = parts[2] end
    if method == "POST" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
    requests[#requests + 1] = wrk.format(method, path, headers, parts[3])
  end
  at = tonumber(args[2] or "0")
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests": %d, "microseconds": %d, "p50": %d, "p95": %d, "failed": %d, "bad_status": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(95),
    errors.connect + errors.read + errors.write + errors.timeout, errors.status))
end
