//! From the engine's advice and explanations to what the page receives.

use crate::model;
use layerwise_engine::advice::Counsel;
use layerwise_engine::explain::Explanation;
use layerwise_wasm_common::Positions;

pub fn counsel(counsel: Counsel) -> model::Counsel {
    let mut advised = Vec::new();
    for one in counsel.advised {
        let mut listings = Vec::new();
        for listing in one.listings {
            listings.push(model::Listing { file: listing.language.file(), text: listing.text });
        }
        advised.push(model::Advised { id: one.id, moment: one.moment.title(), listings, notes: one.notes });
    }
    model::Counsel { advised, silence: counsel.silence }
}

pub fn explanation(explanation: Explanation, positions: &Positions) -> model::Explanation {
    let mut facts = Vec::new();
    for fact in explanation.facts {
        facts.push(model::Fact { topic: fact.topic.title(), text: fact.text });
    }
    model::Explanation {
        range: positions.range(explanation.range),
        line: positions.line(explanation.range.start()),
        title: explanation.title,
        facts,
    }
}
