//! Which key a PEM file means, when it holds several blocks.

use super::{
    Encoding, KeyFile, KeyFileError, KeyNote,
    asn1::{self, Structure},
    certificate, legacy_pem, openssh,
    pem::{self, Block},
};

/// The most PEM blocks that are read in one file.
pub(crate) const MAX_PEM_BLOCKS: usize = 64;

/// Reads the key that `blocks` mean: the only private key, or else the only public key, or else the first
/// certificate of a chain.
///
/// At most one encrypted block is opened, however many there are.
pub(super) fn read(blocks: &[Block<'_>], passphrase: Option<&[u8]>) -> Result<KeyFile, KeyFileError> {
    let (mut private, public): (Vec<&Block<'_>>, Vec<_>) = blocks.iter().partition(|block| is_private(block));
    private.dedup_by(|a, b| a.bytes == b.bytes);
    match private.as_slice() {
        [] => read_public(&public),
        [only] => {
            let mut file = read_block(only, passphrase)?;
            file.notes.extend(note_beside(&file, &public));
            Ok(file)
        }
        [first, ..] => {
            Err(KeyFileError::SeveralKeys { count: private.len(), form: pem::form_of_label(first.label) })
        }
    }
}

/// Takes the only key out of `keys`; keys of a type that is not supported are passed over when there is one that is.
pub(super) fn only_key(
    keys: impl IntoIterator<Item = Result<KeyFile, KeyFileError>>,
) -> Result<KeyFile, KeyFileError> {
    let mut found: Vec<KeyFile> = Vec::new();
    let mut unsupported = Vec::new();
    for key in keys {
        match key {
            Ok(key) if found.iter().any(|known| known.material.public() == key.material.public()) => {}
            Ok(key) => found.push(key),
            Err(error @ KeyFileError::UnsupportedKeyType { .. }) => unsupported.push(error),
            Err(error) => return Err(error),
        }
    }
    if let [first, _, ..] = found.as_slice() {
        return Err(KeyFileError::SeveralKeys { count: found.len(), form: first.form });
    }
    let Some(mut only) = found.pop() else {
        return Err(unsupported.first().copied().unwrap_or(KeyFileError::Empty));
    };
    if !unsupported.is_empty() {
        only.notes.push(KeyNote::OtherKeysSkipped { keys: unsupported.len() });
    }
    Ok(only)
}

fn read_public(blocks: &[&Block<'_>]) -> Result<KeyFile, KeyFileError> {
    if let [first, _, ..] = blocks
        && certificate::is_chain(blocks.iter().map(|block| block.bytes.as_slice()))
    {
        let mut file = read_block(first, None)?;
        file.notes.push(KeyNote::FirstOfChain { certificates: blocks.len() });
        return Ok(file);
    }
    only_key(blocks.iter().map(|block| read_block(block, None)))
}

fn read_block(block: &Block<'_>, passphrase: Option<&[u8]>) -> Result<KeyFile, KeyFileError> {
    match block.dek_info {
        _ if openssh::is_binary(&block.bytes) => openssh::read(&block.bytes, passphrase),
        Some(dek_info) => legacy_pem::read(dek_info, &block.bytes, passphrase),
        None => asn1::read(&block.bytes, Encoding::Pem, passphrase),
    }
}

fn is_private(block: &Block<'_>) -> bool {
    block.dek_info.is_some()
        || openssh::is_binary(&block.bytes)
        || Structure::of(&block.bytes).is_some_and(Structure::is_private)
}

/// What to say about the public keys and certificates beside a private key.
fn note_beside(private: &KeyFile, beside: &[&Block<'_>]) -> Option<KeyNote> {
    let matches = beside.iter().any(|block| {
        read_block(block, None).is_ok_and(|public| public.material.public() == private.material.public())
    });
    (!beside.is_empty()).then_some(KeyNote::PublicBeside { matches })
}
