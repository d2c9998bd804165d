#pragma once

// What can be done with a case as a whole, for `LongWork`: screens and dialogs reach it through here.
#include "core/engine/ledger_words.h"
#include "core/engine/sealed_look.h"
#include "core/engine/sealed_replay.h"
#include "core/engine/version.h"
#include "core/exports/handing_over.h"
#include "ui/bridge/long_work.h"
