// What meets the controls of the frameworks, for the Agent screen. Tests are named in docs/threat-model.md.
#include "core/words/words.h"

namespace cordon::words {

void addControlTexts(Catalogue& catalogue)
{
    catalogue.insert({
        {"control.asi01", "Goals come from signed mandate and playbook; text out of logs never becomes an instruction"},
        {"control.asi02", "Every action is judged first by the gate, with its exact target and parameters; clauses decide"},
        {"control.asi03", "The agent has an identity of its own; a permit fits one action and works once"},
        {"control.asi04", "Mandates are signed by their owners and named in the ledger by digest"},
        {"control.asi05", "Nothing from data is run: no shell, no loaded code, programs started with lists of arguments only"},
        {"control.asi06", "What one log says alone verifies nothing; the scope is verified anew by a second source"},
        {"control.asi07", "Replies and commands are signed, fit one request and are taken once; others are refused"},
        {"control.asi08", "Limits are reserved before acting; two failures in a row pause; nothing is repeated blindly"},
        {"control.asi09", "Approvals are asked with a text made from the bytes that will run, in a program of its own"},
        {"control.asi10", "Halt from everywhere at once; only people resume"},
        {"control.nhi1", "A session ends with all its permits"},
        {"control.nhi2", "Secrets and factors stay out of ledger, log and console"},
        {"control.nhi3", "A connector gets leave for one action at a time, for at most five minutes"},
        {"control.nhi4", "Decisions of people are signed with keys that the ledger names; nothing unsigned counts"},
        {"control.nhi5", "What no clause permits is refused; what is never used can be listed"},
        {"control.nhi6", "A connector has to name its tenant and environment exactly"},
        {"control.nhi7", "Sessions, mandates and permits all run out"},
        {"control.nhi8", "A mandate is for one environment; targets of another are refused by G4"},
        {"control.nhi9", "One live process for each agent key"},
        {"control.nhi10", "People sign as themselves; the agent's key signs no approval"},
        {"control.govern21", "The mandate names an accountable owner and a deputy"},
        {"control.govern22", "Who approves must be trained; an expired training counts from Disruptive on"},
        {"control.govern23", "Owners sign the mandate before it is in force"},
        {"control.govern32", "Each decision says who proposed it and which clause or person decided"},
        {"control.manage24", "Halting and drills are recorded"},
        {"control.maestro1", "No language model decides anything"},
        {"control.maestro2", "All evidence is sealed by digest as it is read"},
        {"control.maestro3", "The mandate alone decides what the agent may do"},
        {"control.maestro4", "No listening port; programs of their own for keys"},
        {"control.maestro5", "A chained, signed ledger shows what was taken out or changed"},
        {"control.maestro6", "Another mandate ends the sessions begun under the one before"},
        {"control.maestro7", "Approvers are named, and each request names what it is about"},
    });
}

} // namespace cordon::words
