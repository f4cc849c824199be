-- Sends the requests of a file in turn, each as it stands there, and says in one line of JSON what came of it.
-- The file: "<length>\n<request>" over and over. Arguments: the file, and a file for the bodies of answers, if wanted.

local requests, next, answers = {}, 0, nil

function init(args)
  local file = assert(io.open(args[1], "rb"))
  local line = file:read("*l")
  while line do
    requests[#requests + 1] = file:read(tonumber(line))
    line = file:read("*l")
  end
  file:close()
  if args[2] then
    answers = assert(io.open(args[2], "wb"))
    response = function(status, headers, body)
      if status == 200 then
        answers:write(body, "\n")
      end
    end
  end
end

function request()
  next = next % #requests + 1
  return requests[next]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests": %d, "seconds": %.6f, "refused": %d, "broken": %d, "p50": %d, "p99": %d, "p999": %d}\n',
    summary.requests, summary.duration / 1e6, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
