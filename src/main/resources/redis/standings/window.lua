-- What the scripts of a window share; it stands in front of each of them.
--
-- A window is a sorted set (sort key to member), a hash (player to 'version:sort key:tie key'; under '!' the life of
-- Redis it is complete for), and where ranks are dense a second sorted set, of the sort keys that anybody has. Where large
-- segments are declared there is a log of changes, too: a stream with the players whose standings have changed. It exists while
-- the window is complete and somebody follows it.

-- The field of the hash in which a player is kept. '!' is the mark of a complete window and '?' the token of its loader;
-- the two players of these names get a control character in front, which no player's id has.
local function field(player)
  if player == '!' or player == '?' then
    return '\1' .. player
  end
  return player
end

-- The fields of some of the arguments, for a command that takes all at once.
local function fields(first, last)
  local names = {}
  for i = first, last do
    names[#names + 1] = field(ARGV[i])
  end
  return names
end

-- Version, sort key and tie key of what the hash holds for a player.
local function parts(held)
  return string.match(held, '^(%d+):(%-?%d+):(~?%x+)$')
end

-- The member of the sorted set. Its bytes order players of equal sort key: by the tie key in front, or by the player
-- alone where ties are not broken by time; the zero byte, which no player has, keeps 'a' before 'a1' there.
local function member(tie, player)
  if string.byte(tie) == 126 then
    return player .. '\0' .. string.sub(tie, 2)
  end
  return tie .. player
end

-- The set of sort keys where ranks are dense. Where they are not, but a log of changes comes after it, the sorted set stands in
-- its place.
local function sorts_of(set, key)
  if key ~= set then
    return key
  end
  return nil
end

-- Notes the players whose standings have changed for those who follow the window, if there is a log and anybody does. A hundred
-- players in an entry bound the log by its entries.
local function note(changes, players)
  if not changes then
    return
  end
  local count = #players
  for first = 1, count, 100 do
    local last = math.min(first + 99, count)
    if (last - first) % 2 == 0 then
      players[last + 1], last = players[last + 1] or '', last + 1
    end
    redis.call('XADD', changes, 'NOMKSTREAM', 'MAXLEN', '~', 4000, '*', unpack(players, first, last))
  end
end

-- 'closed' when the window has been archived, the number of players when it is complete, nil when it is not to be read.
local function state_of(mark, set, hash, life)
  if mark == 'closed' then
    return mark
  end
  local total = redis.call('ZCARD', set)
  if mark == life and redis.call('HLEN', hash) - 1 == total then
    return total
  end
  return nil
end

local function state(set, hash, life)
  return state_of(redis.call('HGET', hash, '!'), set, hash, life)
end

-- How many different sort keys come before one; 0 where ranks are not dense.
local function distinct_before(scores, sort)
  if not scores then
    return 0
  end
  return redis.call('ZCOUNT', scores, '-inf', '(' .. sort)
end

-- Takes a sort key out of the dense ranks when nobody has it any more.
local function drop_sort(set, scores, sort)
  if scores and redis.call('ZCOUNT', set, sort, sort) == 0 then
    redis.call('ZREM', scores, sort)
  end
end

-- Gives a sorted set that was empty the end that its hash has, and the set of sort keys: Redis forgets the end of a key with its
-- last member.
local function keep_end(set, hash, scores)
  local left = redis.call('PTTL', hash)
  if left > 0 then
    redis.call('PEXPIRE', set, left + 1000)
    if scores then
      redis.call('PEXPIRE', scores, left + 1000)
    end
  end
end

-- Gives a player a standing, unless the window has a newer one, or without `again` one that is as new; answers whether it was
-- taken. `value` is what the hash holds, `sort` and `own` are what the sorted set does.
local function take(set, hash, scores, player, value, sort, own, again)
  local held = redis.call('HGET', hash, field(player))
  local old_version, old_sort, old_tie
  if held then
    old_version, old_sort, old_tie = parts(held)
  end
  local ahead = old_version and tonumber(old_version) - tonumber(string.match(value, '^%d+'))
  if ahead and (ahead > 0 or ahead == 0 and not again) then
    return false
  end
  if old_tie and member(old_tie, player) ~= own then
    redis.call('ZREM', set, member(old_tie, player))
  end
  redis.call('ZADD', set, sort, own)
  redis.call('HSET', hash, field(player), value)
  if scores then
    redis.call('ZADD', scores, sort, sort)
    if old_sort and old_sort ~= sort then
      drop_sort(set, scores, old_sort)
    end
  end
  return true
end
